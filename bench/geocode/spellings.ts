import type { DrawnAddress } from './draw-addresses.ts'

/** One way in which people write an address. `undefined` where the address has nothing to be written so. */
export type Spelling = (address: DrawnAddress, random: () => number) => string | undefined

const SUFFIXES: Readonly<Record<string, string>> = {
  Aly: 'Alley',
  Arc: 'Arcade',
  Ave: 'Avenue',
  Blvd: 'Boulevard',
  Cir: 'Circle',
  Ct: 'Court',
  Dr: 'Drive',
  Hwy: 'Highway',
  Ln: 'Lane',
  Lndg: 'Landing',
  Loop: 'Loop',
  Pl: 'Place',
  Rd: 'Road',
  Rdg: 'Ridge',
  Run: 'Run',
  St: 'Street',
  Trl: 'Trail',
  Way: 'Way',
}
const DIRECTIONALS: Readonly<Record<string, string>> = { N: 'North', S: 'South', E: 'East', W: 'West' }

/** Where in the words of a street its suffix stands; -1 where it has none. */
function suffixAt(words: readonly string[]): number {
  const last = words.length - (DIRECTIONALS[words.at(-1) ?? ''] ? 2 : 1)
  return last > 0 && SUFFIXES[words[last] ?? ''] ? last : -1
}

function spellOut(street: string): string {
  const words = street.split(' ')
  const suffix = suffixAt(words)
  return words
    .map((word, index) => {
      if (index === suffix) return SUFFIXES[word] ?? word
      return index === 0 || index === words.length - 1 ? (DIRECTIONALS[word] ?? word) : word
    })
    .join(' ')
}

function leaveOutSuffix(street: string): string | undefined {
  const words = street.split(' ')
  const suffix = suffixAt(words)
  return suffix === -1 ? undefined : words.toSpliced(suffix, 1).join(' ')
}

/** Swaps two unlike neighbouring letters within a word of the name; the name's own words, not types or directions. */
function swapLetters(street: string, random: () => number): string | undefined {
  const words = street.split(' ')
  const suffix = suffixAt(words)
  const places: [word: number, letter: number][] = []
  for (const [index, word] of words.entries()) {
    if (index === suffix || DIRECTIONALS[word]) continue
    for (let letter = 0; letter + 1 < word.length; letter++) {
      const [one = '', other = ''] = word.slice(letter, letter + 2).toLowerCase()
      if (one !== other && /[a-z]/.test(one) && /[a-z]/.test(other)) places.push([index, letter])
    }
  }
  const place = places[Math.floor(random() * places.length)]
  if (!place) return undefined
  const [index, letter] = place
  const word = words[index]!
  const swapped = word.slice(0, letter) + word.charAt(letter + 1) + word.charAt(letter) + word.slice(letter + 2)
  return words.with(index, swapped).join(' ')
}

const inFull = ({ number, city, state, zip }: DrawnAddress, street: string) =>
  `${number} ${street}, ${city}, ${state} ${zip}`

export const SPELLINGS: Readonly<Record<string, Spelling>> = {
  exact: (address) => inFull(address, address.street),
  'no city': ({ number, street, state, zip }) => `${number} ${street}, ${state} ${zip}`,
  'no commas': (address) => inFull(address, address.street).replaceAll(',', ''),
  'no ZIP': ({ number, street, city, state }) => `${number} ${street}, ${city}, ${state}`,
  'spelled out': (address) => inFull(address, spellOut(address.street)).replace(/ NC (?=\d{5}$)/, ' North Carolina '),
  'with unit': (address) => inFull(address, `${address.street} Apt 4`),
  'no suffix': (address) => {
    const street = leaveOutSuffix(address.street)
    return street === undefined ? undefined : inFull(address, street)
  },
  'swapped letters': (address, random) => {
    const street = swapLetters(address.street, random)
    return street === undefined ? undefined : inFull(address, street)
  },
}
