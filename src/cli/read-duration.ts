import { InvalidArgumentError } from 'commander'

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds of a text such as `90d`, `24h`, `10m` or `30s`. @throws InvalidArgumentError for any other text. */
export function readDuration(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (count === undefined) throw new InvalidArgumentError('Give a duration such as 90d, 24h, 10m or 30s.')
  return Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS]
}
