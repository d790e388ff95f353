import type { Readable } from 'node:stream'
import { AppError } from '../../lib/errors.ts'
import type { Coordinates } from '../../lib/coordinates.ts'
import { createByteReader } from '../files/byte-reader.ts'

const FILE_HEADER_BYTES = 100
const FILE_CODE = 9994
const RECORD_HEADER_BYTES = 8
/** Type, bounding box, number of parts, number of points. */
const POLYLINE_HEAD_BYTES = 44
const POINT_BYTES = 16
/** A line of a million points; the longest of TIGER has some thousands. A longer one means a damaged file. */
const MAX_RECORD_BYTES = 16 << 20
const NULL_SHAPE = 0
/** PolyLine, PolyLineZ and PolyLineM, whose first numbers are laid out alike. */
const POLYLINES: readonly number[] = [3, 13, 23]
const BATCH = 1000
const BATCH_BYTES = 8 << 20

/**
 * One line of a shapefile; `undefined` where the record is empty, has more than one part, fewer than two points, or
 * points off the earth.
 */
export type ShpLine = readonly Coordinates[] | undefined

/**
 * Reads the lines of an ESRI shapefile in file order, in batches.
 *
 * Every record keeps its place, since lines are matched to the records of the DBF by position. At most one batch is
 * held in memory.
 *
 * @throws AppError `source_unreadable` when the file is no shapefile of lines, ends within a record, or a record's
 *   length contradicts what it holds.
 */
export async function* readShpLines(stream: Readable, name: string): AsyncGenerator<ShpLine[]> {
  const reader = createByteReader(stream, name)
  const broken = (what: string) => new AppError('source_unreadable', `${name} is not a whole shapefile: ${what}.`)
  try {
    if (!(await reader.fill(FILE_HEADER_BYTES))) throw broken('it ends within its header')
    const header = reader.take(FILE_HEADER_BYTES)
    if (header.readInt32BE(0) !== FILE_CODE) throw broken('it does not start like one')
    const shapeType = header.readInt32LE(32)
    if (!POLYLINES.includes(shapeType)) throw new AppError('source_unreadable', `${name} does not hold lines.`)
    let remaining = header.readInt32BE(24) * 2 - FILE_HEADER_BYTES
    let lines: ShpLine[] = []
    let batchBytes = 0
    while (remaining > 0) {
      if (!(await reader.fill(RECORD_HEADER_BYTES))) throw broken('it is cut off')
      const contentBytes = reader.peek(RECORD_HEADER_BYTES).readInt32BE(4) * 2
      if (contentBytes < 4 || contentBytes > MAX_RECORD_BYTES) throw broken('a record has an impossible length')
      if (!(await reader.fill(RECORD_HEADER_BYTES + contentBytes))) throw broken('it is cut off')
      const content = reader.take(RECORD_HEADER_BYTES + contentBytes).subarray(RECORD_HEADER_BYTES)
      const line = readLine(content)
      if (line === 'broken') throw broken('a record contradicts its own length')
      lines.push(line)
      remaining -= RECORD_HEADER_BYTES + contentBytes
      batchBytes += contentBytes
      if (lines.length >= BATCH || batchBytes >= BATCH_BYTES) {
        yield lines
        lines = []
        batchBytes = 0
      }
    }
    if (lines.length > 0) yield lines
  } finally {
    reader.close()
  }
}

function readLine(content: Buffer): ShpLine | 'broken' {
  const type = content.readInt32LE(0)
  if (type === NULL_SHAPE) return undefined
  if (!POLYLINES.includes(type) || content.length < POLYLINE_HEAD_BYTES) return 'broken'
  const parts = content.readInt32LE(36)
  const points = content.readInt32LE(40)
  const start = POLYLINE_HEAD_BYTES + 4 * parts
  if (parts < 0 || points < 0 || start + POINT_BYTES * points > content.length) return 'broken'
  if (parts !== 1 || points < 2) return undefined
  const line: Coordinates[] = []
  for (let at = start; line.length < points; at += POINT_BYTES) {
    const longitude = content.readDoubleLE(at)
    const latitude = content.readDoubleLE(at + 8)
    if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) return undefined
    line.push({ latitude, longitude })
  }
  return line
}
