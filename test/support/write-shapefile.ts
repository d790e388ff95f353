/** A DBF column: name, type (`C` text, `N` number) and width as the Census Bureau publishes them. */
export type DbfColumn = readonly [name: string, type: 'C' | 'N', width: number]

/** Builds a dBASE III table in memory; values longer than their column are cut, missing ones are blank. */
export function writeDbf(columns: readonly DbfColumn[], rows: readonly Readonly<Record<string, string>>[]): Buffer {
  const recordLength = 1 + columns.reduce((sum, [, , width]) => sum + width, 0)
  const headerLength = 32 + 32 * columns.length + 1
  const bytes = Buffer.alloc(headerLength + recordLength * rows.length + 1, 0x20)
  bytes.fill(0, 0, headerLength)
  bytes[0] = 3
  bytes.writeUInt32LE(rows.length, 4)
  bytes.writeUInt16LE(headerLength, 8)
  bytes.writeUInt16LE(recordLength, 10)
  columns.forEach(([name, type, width], index) => {
    const at = 32 + 32 * index
    bytes.write(name.slice(0, 10), at, 'latin1')
    bytes.write(type, at + 11, 'latin1')
    bytes[at + 16] = width
  })
  bytes[headerLength - 1] = 0x0d
  let at = headerLength
  for (const row of rows) {
    at += 1
    for (const [name, type, width] of columns) {
      const value = row[name] ?? ''
      bytes.write(type === 'N' ? value.padStart(width) : value, at, width, 'utf8')
      at += width
    }
  }
  bytes[at] = 0x1a
  return bytes
}

/** Builds an ESRI shapefile of one-part lines in memory, from `[longitude, latitude]` pairs. */
export function writeShp(lines: readonly (readonly (readonly [number, number])[])[]): Buffer {
  const contents = lines.map((line) => 48 + 16 * line.length)
  const bytes = Buffer.alloc(100 + contents.reduce((sum, length) => sum + 8 + length, 0))
  bytes.writeInt32BE(9994, 0)
  bytes.writeInt32BE(bytes.length / 2, 24)
  bytes.writeInt32LE(1000, 28)
  bytes.writeInt32LE(3, 32)
  let at = 100
  lines.forEach((line, index) => {
    const length = contents[index] ?? 0
    bytes.writeInt32BE(index + 1, at)
    bytes.writeInt32BE(length / 2, at + 4)
    at += 8
    bytes.writeInt32LE(3, at)
    bytes.writeInt32LE(1, at + 36)
    bytes.writeInt32LE(line.length, at + 40)
    line.forEach(([longitude, latitude], point) => {
      bytes.writeDoubleLE(longitude, at + 48 + 16 * point)
      bytes.writeDoubleLE(latitude, at + 56 + 16 * point)
    })
    at += length
  })
  return bytes
}
