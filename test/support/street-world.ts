import Database from 'better-sqlite3'
import { standardizeStreet } from '../../src/address/index.ts'
import type { AddressPointRecord, AddressRangeRecord } from '../../src/dataset/streets/street-records.ts'
import { createStreetWriter } from '../../src/dataset/streets/street-writer.ts'
import { createGeocoder } from '../../src/geocode/geocoder.ts'

/** A straight edge with its two sides, for streets written by hand. */
export interface WorldEdge extends Partial<Omit<AddressRangeRecord, 'street' | 'side' | 'fromNumber' | 'toNumber'>> {
  readonly street: string
  /** Numbers of the left side in the direction of the line, as `1-99`; then those of the right side. */
  readonly left?: readonly [from: string, to: string]
  readonly right?: readonly [from: string, to: string]
  readonly leftBlock?: string
  readonly rightBlock?: string
  /** Where the edge begins; it runs north for `length` degrees. */
  readonly at?: readonly [latitude: number, longitude: number]
  readonly length?: number
}

export interface WorldPoint extends Partial<Omit<AddressPointRecord, 'street'>> {
  readonly street: string
  readonly number: string
  readonly at?: readonly [latitude: number, longitude: number]
}

export interface World {
  readonly edges?: readonly WorldEdge[]
  readonly points?: readonly WorldPoint[]
  readonly zips?: readonly (readonly [
    zip: string,
    city: string,
    state: string,
    latitude: number,
    longitude: number,
    borough?: string,
  ])[]
}

const isOdd = (number: string) => Number(/(\d+)\D*$/.exec(number)?.[1]) % 2 === 1

/** Loads a few streets into a database in memory, through the writer that builds data sets. */
export function buildWorld({ edges = [], points = [], zips = [] }: World): Database.Database {
  const db = new Database(':memory:')
  const writer = createStreetWriter(db)
  for (const [zip, city, state, latitude, longitude, borough] of zips) {
    writer.addZipPlace({ zip, city, borough, state, coordinates: { latitude, longitude }, sourceId: 1 })
  }
  for (const [index, edge] of edges.entries()) {
    const [latitude, longitude] = edge.at ?? [42.5 + index * 0.01, -83.3]
    const line = edge.line ?? [
      { latitude, longitude },
      { latitude: latitude + (edge.length ?? 0.004), longitude },
    ]
    for (const side of ['left', 'right'] as const) {
      const ends = edge[side]
      if (!ends) continue
      const [fromNumber, toNumber] = ends
      writer.addRange({
        street: standardizeStreet(edge.street),
        fromNumber,
        toNumber,
        parity: edge.parity ?? (isOdd(fromNumber) !== isOdd(toNumber) ? 'both' : isOdd(fromNumber) ? 'odd' : 'even'),
        side,
        zip: 'zip' in edge ? edge.zip : '48034',
        city: edge.city,
        state: edge.state ?? 'MI',
        countyGeoid: '26125',
        tlid: edge.tlid ?? index + 1,
        line,
        blockGeoid: side === 'left' ? edge.leftBlock : edge.rightBlock,
        imputed: edge.imputed ?? false,
        sourceId: edge.sourceId ?? 2,
      })
    }
  }
  for (const point of points) {
    const [latitude, longitude] = point.at ?? [42.5, -83.3]
    writer.addPoint({
      ...point,
      street: standardizeStreet(point.street),
      zip: 'zip' in point ? point.zip : '48034',
      state: point.state ?? 'MI',
      coordinates: point.coordinates ?? { latitude, longitude },
      sourceId: point.sourceId ?? 3,
    })
  }
  writer.finish()
  return db
}

export const buildGeocoder = (world: World) => createGeocoder({ db: buildWorld(world) })
