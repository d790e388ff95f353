/** What a line plainly is that is no address yet; `undefined` where that cannot be told from the line alone. */
export type LineFault = 'zip_alone' | 'number_missing' | 'post_office_box'

export function judgeLine(line: string): LineFault | undefined {
  if (/^\s*\d{5}(?:-\d{4})?\s*$/.test(line)) return 'zip_alone'
  if (/^\s*p\.?\s*o\.?\s*box\b/i.test(line)) return 'post_office_box'
  return line.trim() !== '' && !/\d/.test(line) ? 'number_missing' : undefined
}
