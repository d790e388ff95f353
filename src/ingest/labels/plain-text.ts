const RAISED_DIGITS = /[\u2070\u00B9\u00B2\u00B3\u2074-\u2079]+/g

/**
 * A cell in plain characters: full-width and typographic forms as the usual ones, white space as single blanks.
 *
 * A raised digit is the mark of a footnote and left out: `$50¹` is no $501. Several are the cents of a printed price or
 * two footnotes, which nobody can tell, so that they stay as something that is no number.
 */
export function plainText(cell: string): string {
  return cell
    .replace(RAISED_DIGITS, (digits) => (digits.length > 1 ? '?' : ''))
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .trim()
}
