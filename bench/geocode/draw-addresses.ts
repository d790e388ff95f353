import { findSources } from '../../src/ingest/find-sources.ts'
import { openTigerTable, readTigerLines } from '../../src/ingest/tiger/read-tiger-table.ts'
import { distanceMeters } from '../../src/lib/coordinates.ts'
import type { Coordinates } from '../../src/lib/coordinates.ts'

/** An address drawn from a range of TIGER, with the point of the range's line that its number falls on. */
export interface DrawnAddress {
  readonly number: string
  /** As TIGER names it: `E Market St`. */
  readonly street: string
  readonly city: string
  readonly state: string
  readonly zip: string
  readonly truth: Coordinates
}

interface Side {
  readonly street: string
  readonly from: string
  readonly to: string
  readonly zip: string
  readonly line: readonly Coordinates[]
}

const COLUMNS = ['FULLNAME', 'LFROMADD', 'LTOADD', 'RFROMADD', 'RTOADD', 'ZIPL', 'ZIPR', 'ROADFLG'] as const

/**
 * Draws addresses from the ranges of an EDGES file: each a side of an edge by lot, and on it a number of the range's
 * parity by lot. Sides without a street name, a ZIP that has a city, or plain numbers are left out.
 */
export async function drawAddresses(
  edgesPath: string,
  count: number,
  random: () => number,
  findCity: (zip: string) => { city: string; state: string } | undefined,
): Promise<DrawnAddress[]> {
  const sides = (await readSides(edgesPath)).filter(
    ({ street, from, to, zip }) => street !== '' && /^\d+$/.test(from) && /^\d+$/.test(to) && findCity(zip),
  )
  return Array.from({ length: count }, () => {
    const { street, from, to, zip, line } = sides[Math.floor(random() * sides.length)]!
    const low = Math.min(Number(from), Number(to))
    const high = Math.max(Number(from), Number(to))
    const step = low % 2 === high % 2 ? 2 : 1
    const number = low + step * Math.floor(random() * (Math.floor((high - low) / step) + 1))
    const share = high === low ? 0.5 : (number - Number(from)) / (Number(to) - Number(from))
    const place = findCity(zip)!
    return { number: String(number), street, city: place.city, state: place.state, zip, truth: pointAt(line, share) }
  })
}

async function readSides(path: string): Promise<Side[]> {
  const { tiger } = await findSources({ tiger: [path] })
  const layer = tiger.find((candidate) => candidate.layer === 'edges')
  if (!layer) throw new Error(`${path} holds no EDGES.`)
  const sides: Side[] = []
  for await (const pairs of readTigerLines(layer, await openTigerTable(layer), COLUMNS)) {
    for (const { row, line } of pairs) {
      if (!row || !line || row.ROADFLG !== 'Y') continue
      sides.push({ street: row.FULLNAME, from: row.LFROMADD, to: row.LTOADD, zip: row.ZIPL, line })
      sides.push({ street: row.FULLNAME, from: row.RFROMADD, to: row.RTOADD, zip: row.ZIPR, line })
    }
  }
  return sides
}

/** The point at a share of a line's length. */
function pointAt(line: readonly Coordinates[], share: number): Coordinates {
  const lengths = line.slice(1).map((point, index) => distanceMeters(line[index]!, point))
  let rest = share * lengths.reduce((sum, length) => sum + length, 0)
  for (const [index, length] of lengths.entries()) {
    if (rest <= length || index === lengths.length - 1) {
      const [from, to] = [line[index]!, line[index + 1]!]
      const part = length === 0 ? 0 : rest / length
      return {
        latitude: from.latitude + (to.latitude - from.latitude) * part,
        longitude: from.longitude + (to.longitude - from.longitude) * part,
      }
    }
    rest -= length
  }
  return line[0]!
}
