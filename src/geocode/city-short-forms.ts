/** What people call large cities, each with the name that the mail knows and the state that it is in. */
const SHORT_FORMS: Readonly<Record<string, readonly [name: string, state: string]>> = {
  NYC: ['NEW YORK', 'NY'],
  'THE BRONX': ['BRONX', 'NY'],
  LA: ['LOS ANGELES', 'CA'],
  SF: ['SAN FRANCISCO', 'CA'],
  PHILLY: ['PHILADELPHIA', 'PA'],
  PHILA: ['PHILADELPHIA', 'PA'],
  SLC: ['SALT LAKE CITY', 'UT'],
  VEGAS: ['LAS VEGAS', 'NV'],
  NOLA: ['NEW ORLEANS', 'LA'],
  INDY: ['INDIANAPOLIS', 'IN'],
  WASH: ['WASHINGTON', 'DC'],
}

/** The full name of a city that is given by a short form, in the state that has it or where no state is given. */
export function spellCity(
  city: string | undefined,
  state: string | undefined,
): { city: string | undefined; state: string | undefined } {
  const full = city === undefined ? undefined : SHORT_FORMS[city]
  if (full === undefined || (state !== undefined && state !== full[1])) return { city, state }
  return { city: full[0], state: full[1] }
}
