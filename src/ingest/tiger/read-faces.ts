import { createRowTally } from '../row-tally.ts'
import type { RowCounts } from '../row-tally.ts'
import type { TigerLayer } from './find-tiger-layers.ts'
import { openTigerTable } from './read-tiger-table.ts'

/** What lies on one side of an edge. */
export interface Face {
  /** 2020 census block. */
  readonly blockGeoid: string
  /** State FIPS and PLACEFP, the key of PLACE; absent outside of every place. */
  readonly placeGeoid?: string | undefined
}

const BLOCK_2020 = ['STATEFP20', 'COUNTYFP20', 'TRACTCE20', 'BLOCKCE20'] as const

/**
 * Reads the faces of one county by their TFID.
 *
 * The block is put together from the columns that end in `20` alone. The unnumbered ones say where the face lies today
 * (Connecticut changed its counties in 2022), and those ending in `10` name blocks of 2010, which FCC filings do not use.
 *
 * @returns `undefined` when the table has no 2020 blocks.
 */
export async function readFaces(
  layer: TigerLayer,
): Promise<{ faces: Map<number, Face>; counts: RowCounts } | undefined> {
  const table = await openTigerTable(layer)
  if (!BLOCK_2020.every((column) => table.columns.includes(column))) {
    table.close()
    return undefined
  }
  const faces = new Map<number, Face>()
  const tally = createRowTally()
  for await (const rows of table.rows(['TFID', ...BLOCK_2020, 'STATEFP', 'PLACEFP'], ['TFID'])) {
    for (const row of rows) {
      const blockGeoid = row && row.STATEFP20 + row.COUNTYFP20 + row.TRACTCE20 + row.BLOCKCE20
      if (blockGeoid === undefined) tally.reject('unreadable_row')
      else if (!/^\d{15}$/.test(blockGeoid)) tally.reject('no_block')
      else if (!/^\d+$/.test(row?.TFID ?? '')) tally.reject('no_face_id')
      else {
        const placeGeoid = row?.PLACEFP ? (row.STATEFP || row.STATEFP20) + row.PLACEFP : undefined
        faces.set(Number(row?.TFID), { blockGeoid, placeGeoid })
        tally.keep()
      }
    }
  }
  return { faces, counts: tally.counts() }
}
