import type { PlanData, StatedAmount, StatedRange } from '../../dataset/plans/plan.ts'

/** `$1,299.00` */
export function formatCents(cents: number): string {
  const dollars = Math.floor(cents / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
  return `$${dollars}.${String(cents % 100).padStart(2, '0')}`
}

/** `$10.00`, `up to $10.00`, `from $10.00`, `$10.00 to $15.00` */
export function formatAmount({ atLeastCents, atMostCents }: StatedAmount): string {
  if (atMostCents === undefined) return `from ${formatCents(atLeastCents)}`
  if (atLeastCents === atMostCents) return formatCents(atLeastCents)
  return atLeastCents === 0
    ? `up to ${formatCents(atMostCents)}`
    : `${formatCents(atLeastCents)} to ${formatCents(atMostCents)}`
}

/** `300` or `50-100`, as the Hum API writes speeds. */
export function formatRange({ low, high }: StatedRange): string {
  return low === high ? String(low) : `${low}-${high}`
}

/** `Unlimited`, `500 GB`, `1.2 TB` */
export function formatData(data: PlanData): string {
  if (data.kind === 'unlimited') return 'Unlimited'
  return data.gigabytes >= 1000 ? `${data.gigabytes / 1000} TB` : `${data.gigabytes} GB`
}
