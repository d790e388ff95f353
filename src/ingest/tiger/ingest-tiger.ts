import { findStateByFips, standardizeStreet } from '../../address/index.ts'
import type { SourceEntry } from '../../dataset/manifest.ts'
import type { SourceKind } from '../../dataset/source.ts'
import type { AddressRangeRecord } from '../../dataset/streets/street-records.ts'
import { AppError } from '../../lib/errors.ts'
import { sha256File } from '../../lib/sha256-file.ts'
import type { SourceFile } from '../files/source-file.ts'
import type { SetAside } from '../find-sources.ts'
import type { RowCounts } from '../row-tally.ts'
import { chooseTigerLayers, fileOf } from './choose-tiger-layers.ts'
import type { CountyLayers } from './choose-tiger-layers.ts'
import type { TigerLayer } from './find-tiger-layers.ts'
import { ingestRanges } from './ingest-ranges.ts'
import { readFaces } from './read-faces.ts'
import type { Face } from './read-faces.ts'
import { readPlaces } from './read-places.ts'

export interface TigerIngest {
  readonly nextSourceId: () => number
  /** Reads the places of a state, or takes what was read of the same files before. */
  readonly readPlaces: (files: readonly SourceFile[], read: () => Promise<StatePlaces>) => Promise<StatePlaces>
  /** The same for a county, whose ranges wait until they are added. */
  readonly readCounty: (
    files: readonly SourceFile[],
    read: (addRange: AddRange) => Promise<CountyFacts>,
  ) => Promise<{ readonly facts: CountyFacts; readonly addRanges: (sourceId: number) => void }>
  readonly report: (line: string) => void
}

/** False where the data set cannot hold the range. */
type AddRange = (record: AddressRangeRecord) => boolean

/** The places of one state by their GEOIDs, and their file as a source. */
export interface StatePlaces {
  readonly entry: NumberlessEntry
  readonly names: readonly (readonly [placeGeoid: string, name: string])[]
}

/** What is to be known of a county besides its ranges; sources have no numbers yet. */
export interface CountyFacts {
  readonly ranges: NumberlessEntry
  readonly faces: NumberlessEntry | null
  readonly setAside: readonly SetAside[]
}

type NumberlessEntry = Omit<SourceEntry, 'sourceId'>

/**
 * Reads counties one after the other, holding the faces of one county and the places of one state at a time.
 *
 * @throws AppError `source_unreadable` for a damaged file and for a county of a state that there is none of.
 */
export async function ingestTiger(
  layers: readonly TigerLayer[],
  needs: TigerIngest,
): Promise<{ entries: SourceEntry[]; setAside: SetAside[] }> {
  const { counties, places: placeLayers, setAside: unread } = chooseTigerLayers(layers)
  const setAside = [...unread]
  const entries: SourceEntry[] = []
  let places: { readonly layer: TigerLayer | undefined; readonly names: ReadonlyMap<string, string> } | undefined
  let placesOf: string | undefined
  for (const [index, county] of counties.entries()) {
    needs.report(`TIGER county ${county.countyGeoid} (${index + 1} of ${counties.length})`)
    const stateFips = county.countyGeoid.slice(0, 2)
    if (!places || placesOf !== stateFips) {
      const layer = placeLayers.get(stateFips)
      const read = layer && (await needs.readPlaces(filesOf(layer), () => readStatePlaces(layer)))
      places = { layer, names: new Map(read?.names) }
      placesOf = stateFips
      if (read) entries.push({ ...read.entry, sourceId: needs.nextSourceId() })
    }
    const { layer, names } = places
    const files = [county.ranges, ...county.faces, ...(layer ? [layer] : [])].flatMap(filesOf)
    const { facts, addRanges } = await needs.readCounty(files, (addRange) => readCounty(county, names, addRange))
    setAside.push(...facts.setAside)
    if (facts.faces) entries.push({ ...facts.faces, sourceId: needs.nextSourceId() })
    const sourceId = needs.nextSourceId()
    entries.push({ ...facts.ranges, sourceId })
    addRanges(sourceId)
  }
  const read = new Set(counties.map(({ countyGeoid }) => countyGeoid.slice(0, 2)))
  for (const [stateFips, layer] of placeLayers) {
    if (!read.has(stateFips)) setAside.push({ file: fileOf(layer), reason: 'no ranges of this state were given' })
  }
  return { entries, setAside }
}

function filesOf({ table, shape, encoding }: TigerLayer): SourceFile[] {
  return [table, ...(shape ? [shape] : []), ...(encoding ? [encoding] : [])]
}

async function readStatePlaces(layer: TigerLayer): Promise<StatePlaces> {
  const { places, counts } = await readPlaces(layer)
  return { entry: await entryOf(layer, counts), names: [...places] }
}

async function readCounty(
  county: CountyLayers,
  places: ReadonlyMap<string, string>,
  addRange: AddRange,
): Promise<CountyFacts> {
  const state = findStateByFips(county.countyGeoid.slice(0, 2))?.code
  if (state === undefined) {
    throw new AppError('source_unreadable', `${fileOf(county.ranges)} is named for a state that there is none of.`)
  }
  const { faces, entry, setAside } = await readCountyFaces(county)
  const counted = await ingestRanges(county.ranges, { sourceId: 0, state, faces, places, standardizeStreet, addRange })
  const { sides, sidesWithoutBlock, sidesWithoutZip, ...counts } = counted
  const details = { sides, sides_without_block: sidesWithoutBlock, sides_without_zip: sidesWithoutZip }
  return { ranges: { ...(await entryOf(county.ranges, counts)), details }, faces: entry, setAside }
}

async function readCountyFaces({ faces: layers }: CountyLayers): Promise<{
  readonly faces: ReadonlyMap<number, Face>
  readonly entry: NumberlessEntry | null
  readonly setAside: readonly SetAside[]
}> {
  let chosen: { readonly faces: ReadonlyMap<number, Face>; readonly entry: NumberlessEntry } | undefined
  const setAside: SetAside[] = []
  for (const layer of layers) {
    const read = chosen ? undefined : await readFaces(layer)
    if (read) {
      chosen = { faces: read.faces, entry: await entryOf(layer, read.counts) }
    } else {
      const reason = chosen ? 'a newer year is read instead' : 'it has no 2020 blocks, which FCC filings are made by'
      setAside.push({ file: fileOf(layer), reason })
    }
  }
  return { faces: chosen?.faces ?? new Map(), entry: chosen?.entry ?? null, setAside }
}

async function entryOf(layer: TigerLayer, counts: RowCounts): Promise<NumberlessEntry> {
  const files = [layer.table.path, ...(layer.shape && layer.shape.path !== layer.table.path ? [layer.shape.path] : [])]
  return {
    kind: `tiger_${layer.layer}` satisfies SourceKind,
    file: fileOf(layer),
    vintage: String(layer.year),
    licence: 'Public domain (US government work)',
    attribution: 'U.S. Census Bureau, TIGER/Line',
    sha256: await sha256File(...files),
    ...counts,
  }
}
