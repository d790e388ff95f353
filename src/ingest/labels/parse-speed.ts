import type { StatedRange } from '../../dataset/plans/plan.ts'
import { plainText } from './plain-text.ts'

export type SpeedUnit = 'kbps' | 'Mbps' | 'Gbps'

/** What a cell says about a speed or a latency; no unit where the cell writes none. */
export interface FigureText {
  readonly low: number
  readonly high: number
  readonly unit?: SpeedUnit | undefined
  /** Written with a decimal point. */
  readonly hasDecimals: boolean
}

const UNITS: readonly (readonly [SpeedUnit, RegExp])[] = [
  ['kbps', /(kb(ps|\/s|it)?|kilobits?)\b/i],
  ['Mbps', /(mb(ps|\/s|it)?|megabits?|megs?)\b/i],
  ['Gbps', /(gb(ps|\/s|it)?|gigabits?|gigs?|g)\b/i],
]
const PER_MBPS: Readonly<Record<SpeedUnit, number>> = { kbps: 0.001, Mbps: 1, Gbps: 1000 }
const FIGURE = String.raw`(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)`
const FIGURES = new RegExp(
  String.raw`^(?:up to |avg\.? |average |approx\.? |~|about |<=? ?|≤ ?)?${FIGURE}(?: ?(?:-|–|—|to) ?${FIGURE})?\+?$`,
)

/** The unit that a text names, in a cell or in a column's header (`dl_speed_in_kbps`, `Typical Download (Mbps)`). */
export function findSpeedUnit(text: string): SpeedUnit | undefined {
  return UNITS.find(([, pattern]) => pattern.test(text.replaceAll('_', ' ')))?.[0]
}

/**
 * Reads one figure or a range in any of the usual writings: `100`, `108.47 Mbps`, `67 - 622`, `1,400`, `1 Gbps`,
 * `="95.00"`, `13 Milliseconds`. Of several ranges (`12-78 Mbps (4G); 53-304 Mbps (5G)`) none is chosen.
 */
export function parseFigure(cell: string): FigureText | undefined {
  const text = plainText(cell).toLowerCase()
  const unit = findSpeedUnit(text)
  const bare = text
    .replace(
      /(kilo|mega|giga)?bits?( per second| ?\/ ?s)?|[kmg]b(ps|\/s|it)?\b|(?<=\d) ?m\b|megs?\b|gigs?\b|milli ?seconds?|\bms(ec)?\b|(?<=\d) ?ms\b|(?<=\d) ?g\b/g,
      ' ',
    )
    .replace(/\b(down(load)?|up(load)?(?! to)|symmetric(al)?)\b|[*†‡]|\([^()]*\)$/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const figures = FIGURES.exec(bare)
  if (!figures) return undefined
  const low = Number((figures[1] ?? '').replaceAll(',', ''))
  const high = figures[2] === undefined ? low : Number(figures[2].replaceAll(',', ''))
  return { low: Math.min(low, high), high: Math.max(low, high), unit, hasDecimals: text.includes('.') }
}

/**
 * Reads download and upload out of one cell: `245 Mbps Down / 31 Mbps Up`, `100/20 Mbps`, `500x500`, `up to 300/300`,
 * `300 Mbps symmetrical`.
 *
 * @returns the two cells that it stands for; `undefined` where it holds one direction, or something else.
 */
export function splitSpeeds(cell: string): { readonly download: string; readonly upload: string } | undefined {
  const parts = plainText(cell)
    .split(/\s*(?:\/(?!s)|\bx\b|(?<=\d)x(?=\d)|;|,\s+|\band\b)\s*/i)
    .filter((part) => part !== '')
  if (parts.length === 1 && /\bsymmetric(al)?\b/i.test(cell)) return { download: cell, upload: cell }
  const [first, second] = parts
  if (first === undefined || second === undefined || parts.length > 2) return undefined
  const unit = findSpeedUnit(cell)
  const complete = (part: string) => (findSpeedUnit(part) === undefined && unit ? `${part} ${unit}` : part)
  const isReversed = /up/i.test(first) && /down/i.test(second)
  return isReversed
    ? { download: complete(second), upload: complete(first) }
    : { download: complete(first), upload: complete(second) }
}

/** Broadband began at 200 kbps (FCC Form 477); a plan below does not exist. */
const LEAST_KBPS = 200
/** More than any plan for sale to homes or shops. */
const MOST_MBPS = 100_000
/** More than most plans of any provider. */
const SELDOM_MBPS = 5000

/**
 * The unit of a column whose header may name none, or a wrong one, seen from all of its figures.
 *
 * A column without unit is in Mbps, as the FCC's template has it, unless a figure would then pass 100 Gbps and most
 * would be far above what is sold: some providers fill it in kbps. One figure too many is a slip, not a unit.
 */
export function columnUnit(header: string, figures: readonly FigureText[]): SpeedUnit {
  const named = findSpeedUnit(header)
  if (named) return named
  const bare = figures.filter(({ unit }) => unit === undefined).map(({ high }) => high)
  const areLarge = bare.filter((high) => high >= SELDOM_MBPS).length * 2 > bare.length
  return areLarge && bare.some((high) => high > MOST_MBPS) ? 'kbps' : 'Mbps'
}

/**
 * A speed in Mbps, to three decimals. The unit in the cell counts most, then that of the column.
 *
 * A kbps column that holds a decimal number holds Mbps (the vendor of the template accepts both), and so does one that
 * would otherwise mean less than 200 kbps.
 *
 * @returns the speed, and whether the column's unit was set aside; `undefined` for zero.
 */
export function toMbps(
  figure: FigureText,
  unitOfColumn: SpeedUnit,
): { readonly speed: StatedRange; readonly isColumnUnitSetAside: boolean } | undefined {
  if (figure.high <= 0) return undefined
  const isTrap =
    figure.unit === undefined &&
    unitOfColumn === 'kbps' &&
    ((figure.hasDecimals && figure.high < MOST_MBPS) || figure.high < LEAST_KBPS)
  const factor = PER_MBPS[isTrap ? 'Mbps' : (figure.unit ?? unitOfColumn)]
  const round = (value: number) => Math.round(value * factor * 1000) / 1000
  return { speed: { low: round(figure.low), high: round(figure.high) }, isColumnUnitSetAside: isTrap }
}
