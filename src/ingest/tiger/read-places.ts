import { createRowTally } from '../row-tally.ts'
import type { RowCounts } from '../row-tally.ts'
import type { TigerLayer } from './find-tiger-layers.ts'
import { openTigerTable } from './read-tiger-table.ts'

/** Reads the names of one state's cities and census-designated places, in upper case, by state FIPS and PLACEFP. */
export async function readPlaces(layer: TigerLayer): Promise<{ places: Map<string, string>; counts: RowCounts }> {
  const table = await openTigerTable(layer)
  const places = new Map<string, string>()
  const tally = createRowTally()
  for await (const rows of table.rows(['PLACEFP', 'NAME'])) {
    for (const row of rows) {
      if (!row) tally.reject('unreadable_row')
      else if (!/^\d{5}$/.test(row.PLACEFP) || row.NAME === '') tally.reject('no_name')
      else {
        places.set(layer.code + row.PLACEFP, row.NAME.toUpperCase())
        tally.keep()
      }
    }
  }
  return { places, counts: tally.counts() }
}
