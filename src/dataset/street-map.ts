import type { StreetParts } from '../address/index.ts'
import type { Coordinates } from '../lib/coordinates.ts'
import type { DataSet } from './data-set.ts'
import { cellsAround } from './map-cell.ts'
import { openStreetIndex } from './street-index.ts'
import { RANGE_FLAG } from './street-tables.ts'

/** A piece of a street with a name and numbers, as TIGER draws it. */
export interface MappedEdge {
  readonly street: StreetParts
  readonly line: readonly Coordinates[]
  /** The sides, along the line, that lie in the block asked for. */
  readonly blockSides: readonly ('left' | 'right')[]
}

/** Finds the streets around places. */
export interface StreetMap {
  /**
   * The edges within `radiusMeters` of any of the points, and some beyond it: whole cells of the grid are given.
   * `blockGeoid` marks the sides of its streets. At most `limit` edges.
   */
  findEdges(
    points: readonly Coordinates[],
    options: { readonly radiusMeters: number; readonly blockGeoid?: string | undefined; readonly limit: number },
  ): MappedEdge[]
}

/** Sides of one street that are looked at for those in the block. */
const MAX_RANGES = 2000

export function openStreetMap(dataSet: DataSet): StreetMap {
  const index = openStreetIndex(dataSet)
  const edgesIn = dataSet.db.prepare<[number, number], { streetId: number; tlid: number }>(
    'SELECT street_id AS streetId, tlid FROM edge_cell WHERE cell = ? LIMIT ?',
  )

  function findBlockSides(streetId: number, blockGeoid: string | undefined): Map<number, Set<'left' | 'right'>> {
    const sides = new Map<number, Set<'left' | 'right'>>()
    if (blockGeoid === undefined) return sides
    for (const { tlid, block, flags } of index.findRanges(streetId, MAX_RANGES)) {
      if (block !== Number(blockGeoid)) continue
      const found = sides.get(tlid) ?? new Set()
      sides.set(tlid, found.add((flags & RANGE_FLAG.right) === 0 ? 'left' : 'right'))
    }
    return sides
  }

  return {
    findEdges: (points, { radiusMeters, blockGeoid, limit }) => {
      const streets = new Map<number, Set<number>>()
      let count = 0
      const cells = new Set(points.flatMap((point) => cellsAround([point], radiusMeters)))
      for (const cell of cells) {
        for (const { streetId, tlid } of edgesIn.all(cell, limit)) {
          const tlids = streets.get(streetId) ?? new Set()
          if (tlids.has(tlid) || count >= limit) continue
          streets.set(streetId, tlids.add(tlid))
          count++
        }
      }
      return [...streets].flatMap(([streetId, tlids]) => {
        const street = index.findStreet(streetId)
        const sides = findBlockSides(streetId, blockGeoid)
        return [...tlids].flatMap((tlid) => {
          const line = index.findLine(tlid)
          if (line === undefined || street === undefined) return []
          const { predirectional, pretype, name, suffix, postdirectional } = street
          return [
            {
              street: { predirectional, pretype, streetName: name, suffix, postdirectional },
              line,
              blockSides: [...(sides.get(tlid) ?? [])],
            },
          ]
        })
      })
    },
  }
}
