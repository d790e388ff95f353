import { describe, expect, it } from 'vitest'
import { columnUnit, parseFigure, splitSpeeds, toMbps } from './parse-speed.ts'

const mbps = (cell: string, header = '', column: readonly string[] = [cell]) => {
  const figure = parseFigure(cell)
  const figures = column.flatMap((text) => parseFigure(text) ?? [])
  return figure && toMbps(figure, columnUnit(header, figures))?.speed
}

describe('speeds', () => {
  it.each([
    ['100', '', 100, 100],
    ['108.47 Mbps', '', 108.47, 108.47],
    ['1.2 Gig', '', 1200, 1200],
    ['67  - 622', '', 67, 622],
    ['1,400', '', 1400, 1400],
    ['768 kbps', '', 0.768, 0.768],
    ['500', 'bandwidth (Gbps)', 500_000, 500_000],
    ['300+', '', 300, 300],
    ['≤300 Mbps', '', 300, 300],
    ['940 Mbps (wired)', '', 940, 940],
    ['300M', '', 300, 300],
    ['300¹', '', 300, 300],
    ['18 Mb/s', 'dl_speed_in_kbps', 18, 18],
  ])('%s under %o are %d to %d Mbps', (cell, header, low, high) => {
    expect(mbps(cell, header)).toEqual({ low, high })
  })

  it.each([
    ['100000', 100],
    ['60.5', 60.5],
    ['100', 100],
    ['768', 0.768],
  ])('takes %s of a kbps column for %d Mbps', (cell, speed) => {
    expect(mbps(cell, 'dl_speed_in_kbps')).toEqual({ low: speed, high: speed })
  })

  it('takes a column without unit for kbps where Mbps would pass 100 Gbps', () => {
    const column = ['6000', '500000']
    expect(mbps('6000', 'typical_download_speed', column)).toEqual({ low: 6, high: 6 })
    expect(mbps('6000', 'typical_download_speed')).toEqual({ low: 6000, high: 6000 })
  })

  it('takes one figure too many for a slip, not for a unit of the others', () => {
    const column = ['300', '500', '1000', '1000000000']
    expect(mbps('300', 'typical_download_speed', column)).toEqual({ low: 300, high: 300 })
  })

  it.each(['12-78 Mbps (4G LTE); 53-304 Mbps (5G)', '5G speeds', 'NULL', ''])('chooses none in %o', (cell) => {
    expect(parseFigure(cell)).toBeUndefined()
  })

  it.each([
    ['245 Mbps Down / 31 Mbps Up', 245, 31],
    ['31 Mbps Up / 245 Mbps Down', 245, 31],
    ['100/20 Mbps', 100, 20],
    ['500x500', 500, 500],
    ['up to 300/30 Mbps', 300, 30],
    ['300 Mbps symmetrical', 300, 300],
    ['1 Gbps / 500 Mbps', 1000, 500],
  ])('reads both directions of %s', (cell, download, upload) => {
    const both = splitSpeeds(cell)
    expect([mbps(both?.download ?? '')?.low, mbps(both?.upload ?? '')?.low]).toEqual([download, upload])
  })
})
