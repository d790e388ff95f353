import { createFormat } from '../format.ts'
import type { Format, Locale } from '../format.ts'
import type { Strings } from './en.ts'

/** A language: its sentences, and how it writes numbers. */
export interface Words {
  readonly t: Strings
  readonly format: Format
}

/** Loads one language; the others stay on the server until they are asked for. */
export async function loadStrings(locale: Locale): Promise<Words> {
  const format = createFormat(locale)
  const t = locale === 'es' ? (await import('./es.ts')).spanish(format) : (await import('./en.ts')).english(format)
  return { t, format }
}
