import type { CoverageArea, Verdict } from './internet-answer.ts'

/** From here on a claim is `likely`: two of three, as the calibrated language of the IPCC has it. Measured in docs/coverage.md. */
const LIKELY_SHARE = 2 / 3

/** The verdict over a claim, and the same in a sentence for people. */
export interface JudgedClaim {
  readonly verdict: Verdict
  /** `Filed for 12 of the 13 locations in this block.` */
  readonly summary: string
}

/**
 * Judges a claim by the share of the area's locations that it was filed for.
 *
 * `available` when all of them were filed, or the exact location; `likely` from two of three; else `possible`. Where
 * the place only approximates the address (the middle of a street, a ZIP's centre) the area may be another one: then no
 * verdict is better than `possible`.
 */
export function judgeClaim(locations: number, area: CoverageArea, isApproximate: boolean): JudgedClaim {
  const summary = isApproximate
    ? `${summarize(locations, area)} The address itself may lie elsewhere.`
    : summarize(locations, area)
  if (isApproximate) return { verdict: 'possible', summary }
  if (locations >= area.locations) return { verdict: 'available', summary }
  return { verdict: locations / area.locations >= LIKELY_SHARE ? 'likely' : 'possible', summary }
}

function summarize(locations: number, area: CoverageArea): string {
  if (area.precision === 'location') {
    if (area.locations === 1) return 'Filed for this very location.'
    return `Filed for ${locations} of the ${area.locations} locations at this point.`
  }
  const where = describeArea(area)
  if (area.locations === 1) return `Filed for the only location ${where}.`
  if (locations >= area.locations) return `Filed for all ${area.locations} locations ${where}.`
  return `Filed for ${locations} of the ${area.locations} locations ${where}.`
}

function describeArea({ precision, locations, blockLocations }: CoverageArea): string {
  if (precision === 'hexagon') return 'within about half a mile'
  return blockLocations === undefined || blockLocations === locations ? 'in this block' : 'in this part of the block'
}
