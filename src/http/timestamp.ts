const DAY_MS = 86_400_000

let knownDay = Number.NaN
let date = ''

/** A time as the API writes it: ISO 8601 in UTC with milliseconds. The day, which is costly to tell, is remembered. */
export function toTimestamp(time: number): string {
  const day = Math.floor(time / DAY_MS)
  if (day !== knownDay) {
    knownDay = day
    date = new Date(time).toISOString().slice(0, -'HH:MM:SS.mmmZ'.length)
  }
  const ofDay = Math.floor(time - day * DAY_MS)
  const hour = Math.floor(ofDay / 3_600_000)
  const minute = Math.floor(ofDay / 60_000) % 60
  const second = Math.floor(ofDay / 1000) % 60
  return `${date}${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(ofDay % 1000, 3)}Z`
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0')
