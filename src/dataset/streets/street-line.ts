import type { Coordinates } from '../../lib/coordinates.ts'

/** Lines are kept to a millionth of a degree (11 cm), which is what TIGER gives. */
const SCALE = 1e6

/** Packs a line: differences between its points as variable-length numbers, about four bytes a point. */
export function encodeLine(line: readonly Coordinates[]): Buffer {
  const bytes: number[] = []
  let lastLatitude = 0
  let lastLongitude = 0
  for (const { latitude, longitude } of line) {
    const scaledLatitude = Math.round(latitude * SCALE)
    const scaledLongitude = Math.round(longitude * SCALE)
    pushSigned(bytes, scaledLatitude - lastLatitude)
    pushSigned(bytes, scaledLongitude - lastLongitude)
    lastLatitude = scaledLatitude
    lastLongitude = scaledLongitude
  }
  return Buffer.from(bytes)
}

/** Unpacks what `encodeLine` packed. */
export function decodeLine(bytes: Uint8Array): Coordinates[] {
  const line: Coordinates[] = []
  let at = 0
  let latitude = 0
  let longitude = 0
  const readSigned = () => {
    let value = 0
    let factor = 1
    for (;;) {
      const byte = bytes[at++] ?? 0
      value += (byte & 0x7f) * factor
      if (byte < 0x80) break
      factor *= 128
    }
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }
  while (at < bytes.length) {
    latitude += readSigned()
    longitude += readSigned()
    line.push({ latitude: latitude / SCALE, longitude: longitude / SCALE })
  }
  return line
}

function pushSigned(bytes: number[], difference: number): void {
  let value = difference < 0 ? -2 * difference - 1 : 2 * difference
  while (value >= 128) {
    bytes.push((value % 128) + 128)
    value = Math.floor(value / 128)
  }
  bytes.push(value)
}
