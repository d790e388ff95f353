import { METERS_PER_DEGREE } from '../../lib/coordinates.ts'
import type { Coordinates } from '../../lib/coordinates.ts'

/** Cells of the map grid are a two-hundredth of a degree: 556 m from south to north, less from west to east. */
const CELLS_PER_DEGREE = 200
/** Cells in a row of the grid: the one north of another has a number that is higher by this. */
export const CELL_COLUMNS = 360 * CELLS_PER_DEGREE

/** The cells that the box around some points touches, made wider by a margin on each side. */
export function cellsAround(points: readonly Coordinates[], marginMeters: number): number[] {
  const latitudes = points.map(({ latitude }) => latitude)
  const longitudes = points.map(({ longitude }) => longitude)
  const marginLatitude = marginMeters / METERS_PER_DEGREE
  const farthest = Math.max(...latitudes.map(Math.abs)) + marginLatitude
  const marginLongitude = marginLatitude / Math.cos((Math.min(farthest, 89) * Math.PI) / 180)
  const lowRow = cellRow(Math.min(...latitudes) - marginLatitude)
  const highRow = cellRow(Math.max(...latitudes) + marginLatitude)
  const lowColumn = cellColumn(Math.min(...longitudes) - marginLongitude)
  const highColumn = cellColumn(Math.max(...longitudes) + marginLongitude)
  const cells: number[] = []
  for (let row = lowRow; row <= highRow; row++) {
    for (let column = lowColumn; column <= highColumn; column++) cells.push(row * CELL_COLUMNS + column)
  }
  return cells
}

/** The south-western and north-eastern of the cells that the box around some points touches. */
export function cornerCells(points: readonly Coordinates[]): { readonly low: number; readonly high: number } {
  let [south, west, north, east] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { latitude, longitude } of points) {
    south = Math.min(south, latitude)
    north = Math.max(north, latitude)
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
  }
  return {
    low: cellRow(south) * CELL_COLUMNS + cellColumn(west),
    high: cellRow(north) * CELL_COLUMNS + cellColumn(east),
  }
}

/** The cell of a point in SQL; the expressions give degrees. */
export const sqlCell = (latitude: string, longitude: string): string =>
  `CAST((${latitude} + 90) * ${CELLS_PER_DEGREE} AS INTEGER) * ${CELL_COLUMNS}
    + CAST((${longitude} + 180) * ${CELLS_PER_DEGREE} AS INTEGER)`

function cellRow(latitude: number): number {
  return Math.floor((latitude + 90) * CELLS_PER_DEGREE)
}

function cellColumn(longitude: number): number {
  return Math.floor((longitude + 180) * CELLS_PER_DEGREE)
}
