import type Database from 'better-sqlite3'
import type { DataSet } from '../data-set.ts'

/** What became of one provider's filings for a block with one technology. */
export type CoverageChangeKind = 'added' | 'gone' | 'faster' | 'slower' | 'more_locations' | 'fewer_locations'

/** Whose service is compared. */
type Customer = 'residential' | 'business'

/** One side of a comparison. */
export interface BlockFiling {
  /** Distinct locations of the block. */
  readonly locations: number
  readonly maxDownloadMbps: number
  readonly maxUploadMbps: number
}

export interface CoverageChange {
  /** 2020 census block, 15 digits. */
  readonly blockGeoid: string
  readonly providerId: number
  readonly technologyCode: number
  readonly kind: CoverageChangeKind | 'unchanged'
  readonly before?: BlockFiling | undefined
  readonly after?: BlockFiling | undefined
}

/**
 * Compares what two data sets say block by block: each provider and technology that either has filings for, also where
 * nothing changed.
 *
 * Speed counts before reach: `faster` and `slower` go by the greatest download speed, then by the upload speed; only
 * where both are equal does the number of locations count. Streams both data sets in the order of blocks; memory is
 * that of one block.
 */
export function* diffCoverage(
  before: Pick<DataSet, 'db'>,
  after: Pick<DataSet, 'db'>,
  customer: Customer,
): Generator<CoverageChange> {
  const left = readBlocks(before.db, customer)
  const right = readBlocks(after.db, customer)
  let a = left.next()
  let b = right.next()
  while (a.done !== true || b.done !== true) {
    const blockA = a.done === true ? Infinity : a.value.block
    const blockB = b.done === true ? Infinity : b.value.block
    const block = Math.min(blockA, blockB)
    const filedA = a.done !== true && blockA === block ? a.value.filings : NONE
    const filedB = b.done !== true && blockB === block ? b.value.filings : NONE
    yield* diffBlock(block, filedA, filedB)
    if (blockA === block) a = left.next()
    if (blockB === block) b = right.next()
  }
}

/** By provider and technology, as one number: `providerId * 100 + technologyCode`. */
type Filings = ReadonlyMap<number, BlockFiling>

const NONE: Filings = new Map()

function* diffBlock(block: number, before: Filings, after: Filings): Generator<CoverageChange> {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort((x, y) => x - y)
  for (const key of keys) {
    const was = before.get(key)
    const is = after.get(key)
    yield {
      blockGeoid: String(block).padStart(15, '0'),
      providerId: Math.floor(key / 100),
      technologyCode: key % 100,
      kind: judge(was, is),
      before: was,
      after: is,
    }
  }
}

function judge(before: BlockFiling | undefined, after: BlockFiling | undefined): CoverageChange['kind'] {
  if (!before) return 'added'
  if (!after) return 'gone'
  const speed = after.maxDownloadMbps - before.maxDownloadMbps || after.maxUploadMbps - before.maxUploadMbps
  if (speed !== 0) return speed > 0 ? 'faster' : 'slower'
  const reach = after.locations - before.locations
  if (reach === 0) return 'unchanged'
  return reach > 0 ? 'more_locations' : 'fewer_locations'
}

type Row = readonly [
  block: number,
  providerId: number,
  technologyCode: number,
  locations: number,
  download: number,
  upload: number,
]

/** The filings of each block that has any for the kind of customer. A location lies in one hexagon, so counts add. */
function* readBlocks(db: Database.Database, customer: Customer): Generator<{ block: number; filings: Filings }> {
  const rows = db
    .prepare<[], Row>(
      `SELECT block_geoid, provider_id, technology, ${customer}_locations, ${customer}_download, ${customer}_upload
       FROM cell JOIN coverage USING (cell_id) WHERE ${customer}_locations > 0 ORDER BY block_geoid`,
    )
    .raw()
  let block: number | undefined
  let filings = new Map<number, BlockFiling>()
  for (const [rowBlock, providerId, technologyCode, locations, download, upload] of rows.iterate()) {
    if (rowBlock !== block) {
      if (block !== undefined) yield { block, filings }
      block = rowBlock
      filings = new Map()
    }
    const key = providerId * 100 + technologyCode
    const known = filings.get(key)
    filings.set(key, {
      locations: locations + (known?.locations ?? 0),
      maxDownloadMbps: Math.max(download, known?.maxDownloadMbps ?? 0),
      maxUploadMbps: Math.max(upload, known?.maxUploadMbps ?? 0),
    })
  }
  if (block !== undefined) yield { block, filings }
}
