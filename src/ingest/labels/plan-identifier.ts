/** What a unique plan identifier is made of. */
export interface PlanIdentifier {
  readonly upi: string
  readonly connection: 'fixed' | 'mobile'
  readonly frn: string
}

/**
 * `F` or `M`, the FRN of ten digits, and the provider's own code. The rule says 15 letters and digits (FCC 22-86,
 * paragraph 78); the drafts before it, and providers, say up to 15.
 */
const IDENTIFIER = /^([FM])(\d{10})([A-Z0-9]{1,15})$/

/** Reads a unique plan identifier. Lower case and separators (`F-0005937974-TIER1`) are taken for slips. */
export function parsePlanIdentifier(text: string): PlanIdentifier | undefined {
  const upi = text.replace(/[\s\-_.]/g, '').toUpperCase()
  const [, connection, frn] = IDENTIFIER.exec(upi) ?? []
  if (connection === undefined || frn === undefined) return undefined
  return { upi, connection: connection === 'F' ? 'fixed' : 'mobile', frn }
}

/** Ten digits; spreadsheets lose the zeros in front. `undefined` when the text is no FRN. */
export function parseFrn(text: string): string | undefined {
  const digits = text.trim()
  return /^\d{1,10}$/.test(digits) && Number(digits) > 0 ? digits.padStart(10, '0') : undefined
}

/** Puts an identifier together where a file keeps its parts in columns of their own. */
export function composePlanIdentifier(connection: string, frn: string, code: string): PlanIdentifier | undefined {
  const letter = /^m/i.test(connection.trim()) ? 'M' : /^(f|$)/i.test(connection.trim()) ? 'F' : undefined
  const digits = parseFrn(frn)
  if (letter === undefined || digits === undefined) return undefined
  return parsePlanIdentifier(`${letter}${digits}${code}`)
}
