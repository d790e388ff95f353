/** What stands behind a company's name and is no part of what people call it. */
const LEGAL_SUFFIX =
  /[\s,]+(l\.?\s?l\.?\s?c|l\.?\s?l\.?\s?p|l\.?\s?p|l\.?t\.?d|inc|incorporated|corp|corporation|co|company|limited|holdings?|p\.?l\.?l\.?c|l\.?c|p\.?c)\.?$/i

/** People do say `Home Telephone Company`; `Home Telephone` is something else. */
const TELEPHONE_COMPANY = /\b(telephone|telegraph|electric|power|light) (co\.?|company)$/i

const DOING_BUSINESS_AS = /\bd\s?[./]?\s?b\s?[./]?\s?a\b\.?\/?:?\s*/i

/** Words that stay as they are although they look like shouting, or are short for something. */
const KEPT_UPPER =
  /^(usa?|ii|iii|iv|tv|catv|dsl|isp|ptc|htc|tds|rtc|nctc|clec|ilec|at&t|[a-z]&[a-z]|[b-df-hj-np-tv-xz]{2,5})$/i

/** A filing system's leftovers behind a name: `NBee Line CableULL`, `Acme FiberNULL`. */
const CORRUPTED_END = /(?<=[a-z])(NULL|ULL|N\/A)$/

/**
 * The name of a provider that the directory does not know, from what it filed: what follows `d/b/a`, without legal
 * suffixes, stray quotes and doubled spaces, and written as names are where the filing shouts or whispers.
 *
 * @returns the text trimmed where nothing would be left of it, and an empty text for none.
 */
export function cleanBrandName(filed: string): string {
  const text = filed
    .normalize('NFKC')
    .replaceAll('\uFFFD', '')
    .replace(/[“”"]/g, '')
    .replace(/\s+/g, ' ')
    .replace(CORRUPTED_END, '')
    .trim()
  const [legal = '', soldAs = ''] = text.split(DOING_BUSINESS_AS)
  let name = (soldAs.trim() || legal).replace(/[\s(,]+$/, '').replace(/^\(([^()]*)\)?$/, '$1')
  if (!name.includes('(')) name = name.replace(/\)$/, '')
  for (;;) {
    if (TELEPHONE_COMPANY.test(name)) break
    const shorter = name.replace(LEGAL_SUFFIX, '').replace(/[\s,;-]+$/, '')
    if (shorter === name || shorter === '') break
    name = shorter
  }
  return withNaturalCase(name === '' ? text : name.replace(TELEPHONE_COMPANY, '$1 Company'))
}

function withNaturalCase(name: string): string {
  const letters = name.replace(/[^a-z]/gi, '')
  const shouts = letters === letters.toUpperCase() && letters.length > 5
  const whispers = letters === letters.toLowerCase() && /^[a-z]+( [a-z]+)+$/.test(name)
  if (!shouts && !whispers) return name
  return name
    .toLowerCase()
    .replace(/[^\s./-]+/g, (word) => (KEPT_UPPER.test(word) ? word.toUpperCase() : capitalize(word)))
    .replace(/(?<=\s)(Of|And|The|In|For)(?=\s)/g, (word) => word.toLowerCase())
}

function capitalize(word: string): string {
  return word.replace(/[a-z]/, (letter) => letter.toUpperCase())
}
