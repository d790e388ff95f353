import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawMonogram, MONOGRAM_COLORS } from './draw-monogram.ts'

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('drawMonogram', () => {
  it.each(MONOGRAM_COLORS)('white on %s has a contrast of at least 4.5 : 1', (color) => {
    expect(1.05 / (luminance(color) + 0.05)).toBeGreaterThanOrEqual(4.5)
  })

  it.each([
    ['Google Fiber', 'GF'],
    ['Spectrum', 'S'],
    ['AT&T', 'AT'],
    ['i3 Broadband', 'IB'],
    ['i3', 'I3'],
    ['Éclair Réseaux', 'ÉR'],
    ['', '?'],
  ])('draws %o as %s', (name, letters) => {
    expect(drawMonogram(name)).toContain(`>${letters}</text>`)
  })

  it('is the same picture for the same name', () => {
    expect(drawMonogram('Motor City Fiber')).toBe(drawMonogram(' Motor City Fiber '))
  })

  it('lets no name break out of the picture', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('"><script>', '</title>', '\u0000&#x')), (name) => {
        const picture = drawMonogram(name)
        expect(picture.match(/</g)).toHaveLength(7)
        expect(picture).toMatch(/^<svg [^<>]*><title>[^<>]*<\/title><rect [^<>]*\/><text [^<>]*>[^<>]*<\/text><\/svg>$/)
      }),
    )
  })
})
