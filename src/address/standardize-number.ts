import { standardizeBlock } from './mark-island-street.ts'
import { joinKeys, type Tokens } from './tokens.ts'

const UNITS = new Map(
  'ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN FIFTEEN SIXTEEN SEVENTEEN EIGHTEEN NINETEEN'
    .split(' ')
    .map((word, i) => [word, i + 1]),
)
const TENS = new Map(
  'TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY'.split(' ').map((word, i) => [word, i * 10 + 20]),
)

/** Where a number in words that begins at `from` ends: "Twenty-One", "One Hundred Fifty"; `from` where none begins. */
export function findNumberInWords(keys: readonly string[], from: number): number {
  let at = from
  const below100 = () => {
    if (TENS.has(keys[at]!)) {
      at++
      if ((UNITS.get(keys[at]!) ?? 10) < 10) at++
    } else if (UNITS.has(keys[at]!)) at++
  }
  below100()
  if (at > from && keys[at] === 'HUNDRED') {
    at++
    if (keys[at] === 'AND' && (UNITS.has(keys[at + 1]!) || TENS.has(keys[at + 1]!))) at++
    below100()
  }
  return at
}

/** Words that join two numbers of one building: "123 & 125", "123 to 127". */
const JOINING = new Set(['&', 'AND', 'TO', 'THRU', 'THROUGH'])

export const joinsNumbers = (key: string | undefined) => key !== undefined && JOINING.has(key)

/**
 * The words of a primary number in its standardized form: `21` of "Twenty-One", `123-125` of "123 & 125" or "123, 125",
 * `1250` of "1,250", `12 1/2` of "12-1/2".
 */
export function standardizeNumber(tokens: Tokens, from: number, end: number): string {
  const { keys, starts, ends, breaks } = tokens
  const isInDigits = keys[from]!.charCodeAt(0) <= 57
  if (!isInDigits && findNumberInWords(keys, from) === end) {
    let value = 0
    for (let i = from; i < end; i++) {
      const key = keys[i]!
      value = key === 'HUNDRED' ? value * 100 : value + (UNITS.get(key) ?? TENS.get(key) ?? 0)
    }
    return String(value)
  }
  if (end - from > 1 && (breaks[from + 1] === true || joinsNumbers(keys[from + 1]))) {
    const isThousands =
      end - from === 2 && starts[from + 1] === ends[from]! + 1 && keys[from + 1]!.length === 3 && keys[from]!.length < 4
    return keys[from]! + (isThousands ? '' : '-') + keys[end - 1]!
  }
  const text = (isInDigits ? undefined : standardizeBlock(keys, from, end)) ?? joinKeys(tokens, from, end)
  return text.includes('/') ? text.replace(/^(\d+)-(?=\d\/\d+$)/u, '$1 ') : text
}
