const SAME_WORDS: Readonly<Record<string, string>> = {
  SAINT: 'ST',
  SAINTE: 'STE',
  MOUNT: 'MT',
  FORT: 'FT',
  NORTH: 'N',
  SOUTH: 'S',
  EAST: 'E',
  WEST: 'W',
  HEIGHTS: 'HTS',
  SPRINGS: 'SPGS',
  VILLAGE: 'VLG',
  TOWNSHIP: 'TWP',
}

/**
 * The key by which a city is found: upper-case letters and digits alone, so that `St. Louis` and `SAINT LOUIS`, or
 * `Forest Hills` and `FORESTHILLS`, are the same.
 */
export function cityKey(city: string): string {
  let key = ''
  for (const word of city
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9 -]/g, '')
    .split(/[ -]+/)) {
    key += SAME_WORDS[word] ?? word
  }
  return key
}
