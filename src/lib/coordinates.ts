/** A point on the earth in degrees (WGS 84; TIGER's NAD 83 differs by about a metre and is taken as equal). */
export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

const EARTH_RADIUS_METERS = 6_371_008.8
const RADIANS = Math.PI / 180

/** Metres a degree of latitude spans; a degree of longitude spans this times the cosine of the latitude. */
export const METERS_PER_DEGREE = EARTH_RADIUS_METERS * RADIANS

/** The great-circle distance between two points in metres (haversine on a sphere of the earth's mean radius). */
export function distanceMeters(a: Coordinates, b: Coordinates): number {
  const halfLatitude = ((b.latitude - a.latitude) * RADIANS) / 2
  const halfLongitude = ((b.longitude - a.longitude) * RADIANS) / 2
  const h =
    Math.sin(halfLatitude) ** 2 +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * Math.sin(halfLongitude) ** 2
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)))
}
