import type { JsonReader } from '../api/read-json.ts'
import type { Position, StreetMap } from './street-map.ts'

/** Reads what `GET /sessions/{token}/map` answers: a GeoJSON feature collection, each feature told by its `kind`. */
export function readStreetMap(envelope: JsonReader): StreetMap {
  const features = envelope.object('data').objects('features')
  const ofKind = (kind: string) => features.filter((feature) => feature.object('properties').text('kind') === kind)
  return {
    streets: ofKind('street').map((feature) => {
      const properties = feature.object('properties')
      return {
        name: properties.text('name') ?? '',
        line: readPositions(feature.object('geometry').raw),
        isOwn: properties.flag('is_own') ?? false,
        blockSides: properties.texts('block_sides'),
      }
    }),
    houses: ofKind('houses').map((feature) => ({
      name: feature.object('properties').text('name') ?? '',
      positions: readPositions(feature.object('geometry').raw),
      isOwn: feature.object('properties').flag('is_own') ?? false,
    })),
    hexagon: ofKind('hexagon').flatMap((feature) => readPositions(feature.object('geometry').raw)),
    points: ofKind('address').flatMap((feature) => {
      const [position] = readPositions(feature.object('geometry').raw)
      if (position === undefined) return []
      const properties = feature.object('properties')
      return [
        {
          position,
          name: properties.text('name') ?? '',
          uncertaintyMeters: properties.number('uncertainty_meters') ?? 0,
        },
      ]
    }),
  }
}

/** The positions of a point, a line or a polygon's outer ring. */
function readPositions(geometry: unknown): Position[] {
  const coordinates =
    typeof geometry === 'object' && geometry !== null ? Reflect.get(geometry, 'coordinates') : undefined
  const found: Position[] = []
  collect(coordinates)
  return found

  function collect(value: unknown): void {
    if (!Array.isArray(value)) return
    const [first, second]: unknown[] = value
    if (typeof first === 'number' && typeof second === 'number') found.push([first, second])
    else for (const inner of value) collect(inner)
  }
}
