/** The languages of the page. */
export type Locale = 'en' | 'es'

/** Numbers, money, speeds and dates as people in the United States read them in one language. */
export interface Format {
  readonly locale: Locale
  number(value: number): string
  /** `$59.99`; whole dollars without cents where `short` asks for it (`$60`). */
  money(cents: number, short?: boolean): string
  /** `5 Gbps`, `300 Mbps`; ranges such as `50-100` keep both ends. */
  speed(mbps: number | string): string
  /** A calendar date such as `2025-06-30`, spelled out; text that is no date is given back. */
  date(isoDate: string): string
  /** `75 m (246 ft)`. */
  distance(meters: number): string
  list(items: readonly string[]): string
  /** `833-298-1433` of `+18332981433`; whatever else is given back. */
  telephone(e164: string): string
}

const TAGS: Record<Locale, string> = { en: 'en-US', es: 'es-US' }
const FEET_PER_METER = 3.280_84

export function createFormat(locale: Locale): Format {
  const tag = TAGS[locale]
  const plain = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })
  const dollars = new Intl.NumberFormat(tag, { style: 'currency', currency: 'USD' })
  const wholeDollars = new Intl.NumberFormat(tag, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })
  const calendar = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' })
  const conjunction = new Intl.ListFormat(tag, { type: 'conjunction' })

  function oneSpeed(mbps: number): string {
    return mbps >= 1000 ? `${plain.format(mbps / 1000)} Gbps` : `${plain.format(mbps)} Mbps`
  }

  return {
    locale,
    number: (value) => plain.format(value),
    money: (cents, short) => (short && cents % 100 === 0 ? wholeDollars : dollars).format(cents / 100),
    speed: (mbps) => {
      if (typeof mbps === 'number') return oneSpeed(mbps)
      const value = Number(mbps)
      return Number.isFinite(value) && mbps.trim() !== '' ? oneSpeed(value) : `${mbps.replace('-', '–')} Mbps`
    },
    date: (isoDate) => {
      const time = Date.parse(isoDate)
      return Number.isNaN(time) ? isoDate : calendar.format(time)
    },
    distance: (meters) =>
      `${plain.format(Math.round(meters))} m (${plain.format(Math.round(meters * FEET_PER_METER))} ft)`,
    list: (items) => conjunction.format(items),
    telephone: (e164) => e164.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3'),
  }
}
