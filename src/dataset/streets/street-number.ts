/**
 * A house number cut so that it can be compared: `112-10` is the prefix `112-` and 10, `N112W16350` the prefix `N112W`
 * and 16350, `12 1/2` is 12 with the suffix `1/2`, `10A` is 10 with the suffix `A`.
 */
export interface StreetNumber {
  readonly prefix: string
  readonly value: number
  readonly suffix: string
}

const SHAPE = /^((?:[A-Z0-9-]*[A-Z-])?)(\d{1,9})(?:-?([A-Z]{1,4})|-?(\d\/\d{1,2}))?$/
const FRACTION = /^((?:[A-Z0-9-]*[A-Z-])?)(\d{1,9})[ -](\d\/\d{1,2})$/
const MAX_LENGTH = 24

/**
 * Cuts a house number as TIGER, address points and people write it.
 *
 * The prefix is compared letter by letter and the last run of digits as a number, so that `LO05` lies in `LO00`–`LO98`.
 *
 * @returns `undefined` when the text holds no digits or is no house number.
 */
export function parseStreetNumber(text: string): StreetNumber | undefined {
  const value = Number(text)
  if (text.length < 10 && value > 0 && Number.isInteger(value) && text.trim() === text) {
    return { prefix: '', value, suffix: '' }
  }
  const upper = text.trim().toUpperCase()
  if (upper.length > MAX_LENGTH) return undefined
  const fraction = FRACTION.exec(upper)
  if (fraction) return { prefix: fraction[1] ?? '', value: Number(fraction[2]), suffix: fraction[3] ?? '' }
  const shape = SHAPE.exec(upper.replaceAll(/\s+/g, ''))
  if (!shape) return undefined
  return { prefix: shape[1] ?? '', value: Number(shape[2]), suffix: shape[3] ?? shape[4] ?? '' }
}
