const BINS = 10

/** A bin with fewer claims says nothing. */
const MIN_CLAIMS = 100

/** Claims whose predicted share lies in one tenth. */
export interface Bin {
  readonly from: number
  readonly claims: number
  /** Mean predicted share, and the part of the claims that was filed for the location. */
  readonly predicted: number
  readonly filed: number
  readonly differencePoints: number
  /** What chance alone makes of the difference, one standard deviation. */
  readonly standardErrorPoints: number
}

/** Collects claims by predicted share. */
export interface Calibration {
  add(predicted: number, filed: boolean): void
  bins(): Bin[]
  /** The largest difference in points among bins with at least 100 claims. */
  maxDifferencePoints(): number
}

export function createCalibration(): Calibration {
  const sums = Array.from({ length: BINS }, () => ({ claims: 0, predicted: 0, filed: 0, variance: 0 }))
  const bins = (): Bin[] =>
    sums.map(({ claims, predicted, filed, variance }, index) => ({
      from: index / BINS,
      claims,
      predicted: round(predicted / claims, 4),
      filed: round(filed / claims, 4),
      differencePoints: round((100 * (filed - predicted)) / claims, 2),
      standardErrorPoints: round((100 * Math.sqrt(variance)) / claims, 2),
    }))
  return {
    add: (predicted, filed) => {
      const bin = sums[Math.min(BINS - 1, Math.floor(predicted * BINS))]
      if (!bin) return
      bin.claims++
      bin.predicted += predicted
      bin.variance += predicted * (1 - predicted)
      if (filed) bin.filed++
    },
    bins,
    maxDifferencePoints: () =>
      Math.max(
        ...bins()
          .filter(({ claims }) => claims >= MIN_CLAIMS)
          .map(({ differencePoints }) => Math.abs(differencePoints)),
      ),
  }
}

/** The bins as a table for people. */
export function printBins(title: string, calibration: Calibration): void {
  console.log(`\n${title}`)
  console.log('predicted        claims   mean share   truly filed   difference   chance (1 sd)')
  for (const { from, claims, predicted, filed, differencePoints, standardErrorPoints } of calibration.bins()) {
    const range = `${(from * 100).toFixed(0)}-${(from * 100 + 100 / BINS).toFixed(0)} %`
    console.log(
      range.padEnd(12) +
        String(claims).padStart(11) +
        `${(predicted * 100).toFixed(1)} %`.padStart(13) +
        `${(filed * 100).toFixed(1)} %`.padStart(14) +
        differencePoints.toFixed(2).padStart(13) +
        standardErrorPoints.toFixed(2).padStart(16),
    )
  }
}

export const round = (value: number, digits: number): number => Number(value.toFixed(digits))
