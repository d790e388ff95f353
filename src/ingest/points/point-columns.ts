/** What a row of an address file may tell. */
export type PointField =
  | 'fullNumber'
  | 'numberPrefix'
  | 'number'
  | 'numberSuffix'
  | 'street'
  | 'premodifier'
  | 'predirectional'
  | 'pretype'
  | 'separator'
  | 'streetName'
  | 'suffix'
  | 'postdirectional'
  | 'postmodifier'
  | 'building'
  | 'floor'
  | 'unit'
  | 'room'
  | 'city'
  | 'state'
  | 'zip'
  | 'latitude'
  | 'longitude'
  | 'geometry'

/** Names of columns in lower case, field by field; the first that a row fills counts. */
export type PointColumns = Readonly<Record<PointField, readonly string[]>>

/**
 * The columns of OpenAddresses, of the National Address Database in its early (r4) and present (r23) layouts, of OSM
 * tags and of common county exports. The postal city stands before the municipality, since mail is addressed to it.
 */
const KNOWN: PointColumns = {
  fullNumber: words('addno_full'),
  numberPrefix: words('addnum_pre number_prefix'),
  number: words(
    'number add_number number_digits housenumber house_number addr:housenumber street_number address_number ' +
      'primarynumber addrnum hse_num st_num stnum',
  ),
  numberSuffix: words('addnum_suf number_suffix'),
  street: words('street stnam_full addr:street full_street street_full fullname'),
  premodifier: words('st_premod stn_premod street_premodifier'),
  predirectional: words('st_predir stn_predir street_predirectional predir'),
  pretype: words('st_pretyp stn_pretyp street_pretype pretype'),
  separator: words('st_presep stn_presep street_preseparator'),
  streetName: words('st_name streetname street_name stname'),
  suffix: words('st_postyp stn_postyp street_posttype street_suffix street_type sttype'),
  postdirectional: words('st_posdir stn_posdir street_postdirectional postdir sufdir'),
  postmodifier: words('st_posmod stn_posmod street_postmodifier'),
  building: words('building'),
  floor: words('floor'),
  unit: words('unit subaddress addr:unit apartment apt unit_number'),
  room: words('room'),
  city: words(
    'post_city post_comm postal_city city addr:city place_name postcomm inc_muni municipality town census_plc uninc_comm',
  ),
  state: words('state region addr:state place_state state_usps st'),
  zip: words('zip_code postcode zip zipcode addr:postcode place_zipcode postal_code zip5'),
  latitude: words('latitude lat y point_y'),
  longitude: words('longitude lon lng long x point_x'),
  geometry: words('geom wkt the_geom geometry shape'),
}

function words(text: string): string[] {
  return text.split(' ')
}

/** Fields whose column an operator may name when a file calls it otherwise. */
export const NAMEABLE_FIELDS = ['number', 'street', 'unit', 'city', 'state', 'zip', 'latitude', 'longitude'] as const
export type NameableField = (typeof NAMEABLE_FIELDS)[number]

/**
 * Puts the operator's column names before the known ones.
 *
 * A column named for the number or street also turns off its parts, which the operator's column replaces.
 */
export function pointColumns(named: Readonly<Partial<Record<NameableField, string>>> = {}): PointColumns {
  const columns: Record<PointField, readonly string[]> = { ...KNOWN }
  for (const field of NAMEABLE_FIELDS) {
    const column = named[field]
    if (column !== undefined) columns[field] = [column.toLowerCase()]
  }
  if (named.number !== undefined) Object.assign(columns, { fullNumber: [], numberPrefix: [], numberSuffix: [] })
  if (named.latitude !== undefined) columns.geometry = []
  return columns
}

/** The known columns among those of a file, by position. */
export type PointPositions = Readonly<Record<PointField, readonly number[]>>

/**
 * Finds the columns of a file.
 *
 * @returns what is lacking, in words for the report, when the file cannot be one of addresses.
 */
export function findPointPositions(columns: PointColumns, header: readonly string[]): PointPositions | string {
  const positions = Object.fromEntries(
    Object.entries(columns).map(([field, names]) => [
      field,
      names.map((name) => header.indexOf(name)).filter((position) => position >= 0),
    ]),
  ) as unknown as PointPositions
  const has = (field: PointField): boolean => positions[field].length > 0
  if (!has('number') && !has('fullNumber')) return 'no column for the house number'
  if (!has('street') && !has('streetName')) return 'no column for the street'
  if (!has('geometry') && !(has('latitude') && has('longitude'))) return 'no columns for the coordinates'
  return positions
}
