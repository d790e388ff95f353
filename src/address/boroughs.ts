/** The boroughs of New York by their counties. */
export const BOROUGH_OF_COUNTY: ReadonlyMap<string, string> = new Map([
  ['Bronx', 'BRONX'],
  ['Kings', 'BROOKLYN'],
  ['New York', 'MANHATTAN'],
  ['Queens', 'QUEENS'],
  ['Richmond', 'STATEN ISLAND'],
])
