import { lookUp, spellSuffix } from '../../address/lexicon.ts'

/** Words that stand for the same in a street's name; a suffix word inside a name is spelled out besides. */
const SAME_WORDS: Readonly<Record<string, string>> = {
  SAINT: 'ST',
  SAINTE: 'STE',
  STREET: 'ST',
  MOUNT: 'MOUNT',
  MT: 'MOUNT',
  FORT: 'FT',
  DOCTOR: 'DR',
  DRIVE: 'DR',
  JUNIOR: 'JR',
  SENIOR: 'SR',
  GENERAL: 'GEN',
  PRESIDENT: 'PRES',
  REVEREND: 'REV',
  SERGEANT: 'SGT',
  CAPTAIN: 'CAPT',
  COLONEL: 'COL',
  MLK: 'MARTINLUTHERKING',
  AND: '',
  NORTH: 'N',
  SOUTH: 'S',
  EAST: 'E',
  WEST: 'W',
  FIRST: '1',
  SECOND: '2',
  THIRD: '3',
  FOURTH: '4',
  FIFTH: '5',
  SIXTH: '6',
  SEVENTH: '7',
  EIGHTH: '8',
  NINTH: '9',
  TENTH: '10',
  ELEVENTH: '11',
  TWELFTH: '12',
}

/** Words that say no more behind `US`. */
const HIGHWAYS = new Set(['HIGHWAY', 'HWY', 'ROUTE', 'RTE', 'RT'])

/** Also with the two letters swapped, which no other word looks like. */
const ORDINAL = /^(\d+)(?:ST|ND|RD|TH|TS|DN|DR|HT)$/

/**
 * The key by which a street's name is found: upper-case letters and digits alone.
 *
 * Spellings that mean the same name share a key: `1ST`, `FIRST` and `1`; `SAINT JOHNS` and `ST. JOHN'S`; `VAN BUREN`
 * and `VANBUREN`; `PARK LN` and `PARK LANE` before a further suffix; `OLD US HIGHWAY 17` and `OLD US 17`.
 */
export function streetNameKey(streetName: string): string {
  const words = streetName
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9 /&-]/g, '')
    .split(/[ /&-]+/)
  let key = ''
  for (const [i, word] of words.entries()) {
    if (words[i - 1] === 'US' && HIGHWAYS.has(word)) continue
    const same = SAME_WORDS[word]
    if (same !== undefined) {
      key += same
      continue
    }
    const ordinal = ORDINAL.exec(word)
    if (ordinal) {
      key += ordinal[1]
      continue
    }
    const { suffix } = lookUp(word)
    const spelled = suffix === undefined ? word : spellSuffix(suffix)
    key += SAME_WORDS[spelled] ?? spelled
  }
  return key
}
