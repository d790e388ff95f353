import type { StreetParts } from '../../address/index.ts'
import { distanceMeters } from '../../lib/coordinates.ts'
import type { Coordinates } from '../../lib/coordinates.ts'
import type { DataSet } from '../data-set.ts'
import { cellsAround } from './map-cell.ts'
import { openStreetIndex } from './street-index.ts'
import type { Street } from './street-index.ts'
import { POINTS_TLID } from './street-map-writer.ts'
import { POINT_SCALE, RANGE_FLAG } from './street-tables.ts'

/** A piece of a street with a name and numbers, as TIGER draws it. */
export interface MappedEdge {
  readonly street: StreetParts
  readonly line: readonly Coordinates[]
  /** The sides, along the line, that lie in the block asked for. */
  readonly blockSides: readonly ('left' | 'right')[]
}

/** The address points of a street that no edge is known of. */
export interface MappedHouses {
  readonly street: StreetParts
  readonly points: readonly Coordinates[]
}

/** What lies around a place, for drawing it. */
export interface Surroundings {
  readonly edges: readonly MappedEdge[]
  readonly houses: readonly MappedHouses[]
}

/** What to look for around places. */
export interface SurroundingsQuery {
  readonly radiusMeters: number
  /** Marks the sides of streets that lie in this block. */
  readonly blockGeoid?: string | undefined
  /** The most edges, and the most houses, that are given. */
  readonly limit: number
}

/** Finds what lies around places. */
export interface StreetMap {
  /** Edges come by whole cells of the grid, some beyond the radius; houses within it. */
  findSurroundings(places: readonly Coordinates[], query: SurroundingsQuery): Surroundings
}

/** Sides of one street that are looked at for those in the block. */
const MAX_RANGES = 2000

export function openStreetMap(dataSet: DataSet): StreetMap {
  const index = openStreetIndex(dataSet)
  const edgesIn = dataSet.db.prepare<[number, number], { streetId: number; tlid: number }>(
    'SELECT street_id AS streetId, tlid FROM edge_cell WHERE cell = ? LIMIT ?',
  )
  const pointsOf = dataSet.db.prepare<[number, number], Coordinates>(
    `SELECT DISTINCT latitude / ${POINT_SCALE}.0 AS latitude, longitude / ${POINT_SCALE}.0 AS longitude
      FROM address_point WHERE street_id = ? LIMIT ?`,
  )

  function findEdges(street: Street, tlids: ReadonlySet<number>, blockGeoid: string | undefined): MappedEdge[] {
    const sides = new Map<number, Set<'left' | 'right'>>()
    for (const { tlid, block, flags } of blockGeoid === undefined
      ? []
      : index.findRanges(street.streetId, MAX_RANGES)) {
      if (block !== Number(blockGeoid)) continue
      sides.set(tlid, (sides.get(tlid) ?? new Set()).add((flags & RANGE_FLAG.right) === 0 ? 'left' : 'right'))
    }
    return [...tlids].flatMap((tlid) => {
      const line = index.findLine(tlid)
      return line === undefined ? [] : [{ street: partsOf(street), line, blockSides: [...(sides.get(tlid) ?? [])] }]
    })
  }

  return {
    findSurroundings: (places, { radiusMeters, blockGeoid, limit }) => {
      const tlidsOfStreets = new Map<number, Set<number>>()
      let count = 0
      for (const cell of new Set(places.flatMap((place) => cellsAround([place], radiusMeters)))) {
        for (const { streetId, tlid } of edgesIn.all(cell, limit)) {
          const tlids = tlidsOfStreets.get(streetId) ?? new Set()
          if (count >= limit || tlids.has(tlid)) continue
          tlidsOfStreets.set(streetId, tlids.add(tlid))
          count++
        }
      }
      const edges: MappedEdge[] = []
      const houses: MappedHouses[] = []
      let left = limit
      for (const [streetId, tlids] of tlidsOfStreets) {
        const street = index.findStreet(streetId)
        if (street === undefined) continue
        if (!tlids.has(POINTS_TLID)) {
          edges.push(...findEdges(street, tlids, blockGeoid))
          continue
        }
        const points = pointsOf
          .all(streetId, MAX_RANGES)
          .filter((point) => places.some((place) => distanceMeters(point, place) <= radiusMeters))
          .slice(0, left)
        left -= points.length
        if (points.length > 0) houses.push({ street: partsOf(street), points })
      }
      return { edges, houses }
    },
  }
}

function partsOf({ predirectional, pretype, name, suffix, postdirectional }: Street): StreetParts {
  return { predirectional, pretype, streetName: name, suffix, postdirectional }
}
