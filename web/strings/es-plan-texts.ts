/** Texts of plans that Hum itself words, as patterns of the whole text, in Spanish. `$<…>` is said in Spanish as well. */
const TEXTS: readonly (readonly [pattern: RegExp, spanish: string])[] = [
  // Amounts, speeds and times are the same in both languages.
  [/^(?<same>\$?[\d.,]+(?:-[\d.,]+)?(?: (?:ms|[MG]bps|[GT]B))?)$/, '$<same>'],
  [/^None$/, 'Ninguno'],
  [/^Included$/, 'Incluidos'],
  [/^Unlimited$/, 'Ilimitados'],
  [/^Varies$/, 'Varía'],
  [/^Varies by location$/, 'Varían según el lugar'],
  [/^Read the policy$/, 'Leer la política'],
  [/^up to (?<most>\$[\d.,]+)$/, 'hasta $<most>'],
  [/^from (?<least>\$[\d.,]+)$/, 'desde $<least>'],
  [/^(?<least>\$[\d.,]+) to (?<most>\$[\d.,]+)$/, 'de $<least> a $<most>'],
  [/^(?<amount>.+) \(only if it applies\)$/, '$<amount> (solo si corresponde)'],
  [/^(?<amount>.+) for each additional (?<size>[\d.]+) GB$/, '$<amount> por cada $<size> GB adicionales'],
  [/^(?<amount>\$[\d.,]+) a month off with AutoPay$/, '$<amount> menos al mes con pago automático'],
  [/^This monthly price does not require a contract\.$/, 'Este precio mensual no requiere contrato.'],
  [
    /^This monthly price requires a contract; its length is not stated\.$/,
    'Este precio mensual requiere un contrato; su duración no se declara.',
  ],
  [
    /^This monthly price requires a (?<months>\d+)-month contract\.$/,
    'Este precio mensual requiere un contrato de $<months> meses.',
  ],
  [/^This monthly price is not an introductory rate\.$/, 'Este precio mensual no es una tarifa de introducción.'],
  [/^(?<price>.+); the price after is not stated\.$/, '$<price>; el precio posterior no se declara.'],
  [/^(?<price>.+), then (?<later>\$[\d.,]+)\.$/, '$<price>, después $<later>.'],
  [/^(?<price>.+) for a period that is not stated$/, '$<price> durante un período que no se declara'],
  [/^(?<price>.+) for 1 month$/, '$<price> durante 1 mes'],
  [/^(?<price>.+) for (?<months>\d+) months$/, '$<price> durante $<months> meses'],
  [/^An introductory price$/, 'Un precio de introducción'],
]

/** Says a text of a plan in Spanish; `undefined` where the words are the provider's own, which nobody may change. */
export function sayPlanText(text: string): string | undefined {
  for (const [pattern, spanish] of TEXTS) {
    const groups = pattern.exec(text)?.groups ?? (pattern.test(text) ? {} : undefined)
    if (groups === undefined) continue
    const said = Object.entries(groups).map(([name, part]): [string, string | undefined] => [
      name,
      part === text || /^[\d.]+$/.test(part) ? part : sayPlanText(part),
    ])
    if (said.some(([, part]) => part === undefined)) return undefined
    return said.reduce((sentence, [name, part]) => sentence.replace(`$<${name}>`, () => part ?? ''), spanish)
  }
  return undefined
}
