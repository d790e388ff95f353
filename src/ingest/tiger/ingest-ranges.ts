import type { StreetParts } from '../../address/index.ts'
import type { AddressRangeRecord, Parity } from '../../dataset/streets/street-records.ts'
import { createRowTally } from '../row-tally.ts'
import type { RowCounts } from '../row-tally.ts'
import type { TigerLayer } from './find-tiger-layers.ts'
import type { Face } from './read-faces.ts'
import type { ShpLine } from './read-shp.ts'
import { openTigerTable, readTigerLines } from './read-tiger-table.ts'

/** What the ranges of one county are read with. */
export interface RangeIngest {
  readonly sourceId: number
  /** Two letters. */
  readonly state: string
  readonly faces: ReadonlyMap<number, Face>
  readonly places: ReadonlyMap<string, string>
  readonly standardizeStreet: (fullName: string) => StreetParts
  /** False where the data set cannot hold the range. */
  readonly addRange: (record: AddressRangeRecord) => boolean
}

/** Rows are records of the file; a record holds up to two sides with a range. */
export interface RangeCounts extends RowCounts {
  /** Sides of edges that became ranges. */
  readonly sides: number
  readonly sidesWithoutZip: number
  readonly sidesWithoutBlock: number
}

const COMMON = ['TLID', 'TFIDL', 'TFIDR', 'FULLNAME', 'ZIPL', 'ZIPR'] as const
const ADDRFEAT = ['LFROMHN', 'LTOHN', 'RFROMHN', 'RTOHN'] as const
const ADDRFEAT_EXTRA = ['PARITYL', 'PARITYR', 'LFROMTYP', 'LTOTYP', 'RFROMTYP', 'RTOTYP'] as const
const EDGES = ['LFROMADD', 'LTOADD', 'RFROMADD', 'RTOADD', 'ROADFLG'] as const
const COLUMNS = [...COMMON, ...ADDRFEAT, ...ADDRFEAT_EXTRA, ...EDGES] as const

type RangeRow = Readonly<Record<(typeof COLUMNS)[number], string>>

interface Side {
  readonly side: 'left' | 'right'
  readonly from: string
  readonly to: string
  readonly zip: string
  readonly tfid: string
  readonly parity: Parity
  readonly imputed: boolean
}

/**
 * Reads the address ranges of one county, from ADDRFEAT, or from EDGES where a county has no ADDRFEAT.
 *
 * Left and right are those of the line as it is drawn; ZIP, face and range of a side belong together. EDGES has one
 * name and the widest range of each edge, and no parity, which is then taken from the ends of the range.
 */
export async function ingestRanges(layer: TigerLayer, needs: RangeIngest): Promise<RangeCounts> {
  const { sourceId, state, faces, places, standardizeStreet, addRange } = needs
  const tally = createRowTally()
  const streets = new Map<string, StreetParts>()
  const counts = { sides: 0, sidesWithoutZip: 0, sidesWithoutBlock: 0 }
  const table = await openTigerTable(layer)
  const required = [...COMMON, ...(layer.layer === 'edges' ? EDGES : ADDRFEAT)]
  for await (const pairs of readTigerLines(layer, table, COLUMNS, required)) {
    for (const { row, line } of pairs) {
      const sides = row ? readSides(row, layer.layer === 'edges') : []
      const fault = findFault(layer, row, line, sides)
      if (fault !== undefined || !row || !line) {
        tally.reject(fault ?? 'unreadable_row')
        continue
      }
      let street = streets.get(row.FULLNAME)
      if (!street) streets.set(row.FULLNAME, (street = standardizeStreet(row.FULLNAME)))
      let isKept = false
      for (const { side, from, to, parity, zip, tfid, imputed } of sides) {
        const face = faces.get(Number(tfid))
        const record: AddressRangeRecord = {
          street,
          fromNumber: from,
          toNumber: to,
          parity,
          side,
          zip: /^\d{5}$/.test(zip) ? zip : undefined,
          city: face?.placeGeoid === undefined ? undefined : places.get(face.placeGeoid),
          state,
          countyGeoid: layer.code,
          tlid: Number(row.TLID),
          line,
          blockGeoid: face?.blockGeoid,
          imputed,
          sourceId,
        }
        if (!addRange(record)) continue
        isKept = true
        counts.sides++
        if (record.zip === undefined) counts.sidesWithoutZip++
        if (record.blockGeoid === undefined) counts.sidesWithoutBlock++
      }
      if (isKept) tally.keep()
      else tally.reject('number_unreadable')
    }
  }
  return { ...tally.counts(), ...counts }
}

function findFault(
  layer: TigerLayer,
  row: RangeRow | undefined,
  line: ShpLine,
  sides: readonly Side[],
): string | undefined {
  if (!row) return 'unreadable_row'
  if (layer.layer === 'edges' && row.ROADFLG !== 'Y') return 'not_a_road'
  if (
    row.LFROMHN + row.LTOHN + row.RFROMHN + row.RTOHN + row.LFROMADD + row.LTOADD + row.RFROMADD + row.RTOADD ===
    ''
  ) {
    return 'no_address_range'
  }
  if (sides.length === 0) return 'number_unreadable'
  if (row.FULLNAME === '') return 'no_street_name'
  if (!/^\d+$/.test(row.TLID)) return 'no_edge_id'
  return line ? undefined : 'line_unreadable'
}

function readSides(row: RangeRow, isEdges: boolean): Side[] {
  const sides: Side[] = []
  const leftFrom = isEdges ? row.LFROMADD : row.LFROMHN
  const leftTo = isEdges ? row.LTOADD : row.LTOHN
  if (isNumber(leftFrom) && isNumber(leftTo)) {
    const imputed = row.LFROMTYP === 'I' || row.LTOTYP === 'I'
    const parity = isEdges ? parityOfEnds(leftFrom, leftTo) : parityOfFlag(row.PARITYL)
    sides.push({ side: 'left', from: leftFrom, to: leftTo, zip: row.ZIPL, tfid: row.TFIDL, parity, imputed })
  }
  const rightFrom = isEdges ? row.RFROMADD : row.RFROMHN
  const rightTo = isEdges ? row.RTOADD : row.RTOHN
  if (isNumber(rightFrom) && isNumber(rightTo)) {
    const imputed = row.RFROMTYP === 'I' || row.RTOTYP === 'I'
    const parity = isEdges ? parityOfEnds(rightFrom, rightTo) : parityOfFlag(row.PARITYR)
    sides.push({ side: 'right', from: rightFrom, to: rightTo, zip: row.ZIPR, tfid: row.TFIDR, parity, imputed })
  }
  return sides
}

function parityOfFlag(flag: string): Parity {
  return flag === 'O' ? 'odd' : flag === 'E' ? 'even' : 'both'
}

function parityOfEnds(from: string, to: string): Parity {
  if (isOdd(from) !== isOdd(to)) return 'both'
  return isOdd(from) ? 'odd' : 'even'
}

/** TIGER's numbers are text: `LO00`, `117-01`, `1-400`, `N112W16350`. */
const isNumber = (text: string): boolean => /\d/.test(text) && /^[\w/ .-]+$/.test(text)

const isOdd = (number: string): boolean => Number(/(\d)\D*$/.exec(number)?.[1]) % 2 === 1
