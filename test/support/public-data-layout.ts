import type { PublicDataServer } from './public-data-server.ts'
import { ADDRFEAT_COLUMNS, FACES_COLUMNS, PLACE_COLUMNS } from './tiger-layouts.ts'
import { writeDbf, writeShp } from './write-shapefile.ts'
import { zipBytes } from './zip-bytes.ts'

/** Lays out files as the Census Bureau, the FCC and GeoNames do; two counties of Maine and one of New Hampshire. */
export async function layOutPublicData(server: PublicDataServer): Promise<void> {
  await layOutTiger(server, '2025', { complete: true })
  await layOutTiger(server, '2026', { complete: false })
  server.files.set('/geo/tiger/', listing('/geo/tiger', ['TIGER2024/', 'TIGER2025/', 'TIGER2026/', 'TIGERrd13/']))
  server.files.set('/export/zip/US.zip', await zipBytes({ 'readme.txt': 'GeoNames', 'US.txt': GEONAMES }))
  await layOutFcc(server)
}

const GEONAMES =
  'US\t04092\tWestbrook\tMaine\tME\tCumberland\t005\t\t\t43.6884\t-70.3629\t4\n' +
  'US\t04401\tBangor\tMaine\tME\tPenobscot\t019\t\t\t44.8320\t-68.7930\t4\n'

/** The newest year is there already, but its faces are not: it must not be taken yet. */
async function layOutTiger(server: PublicDataServer, year: string, { complete }: { complete: boolean }): Promise<void> {
  const counties = ['23005', '23019', '33011']
  const layers = [
    ['ADDRFEAT', counties],
    ['FACES', complete ? counties : ['33011']],
    ['PLACE', ['23', '33']],
  ] as const
  for (const [layer, codes] of layers) {
    const names = codes.map((code) => `tl_${year}_${code}_${layer.toLowerCase()}.zip`)
    server.files.set(`/geo/tiger/TIGER${year}/${layer}/`, listing(`/geo/tiger/TIGER${year}/${layer}`, names))
    for (const [index, code] of codes.entries()) {
      server.files.set(`/geo/tiger/TIGER${year}/${layer}/${names[index]}`, await tigerZip(year, code, layer))
    }
  }
}

async function tigerZip(year: string, code: string, layer: 'ADDRFEAT' | 'FACES' | 'PLACE'): Promise<Buffer> {
  const base = `tl_${year}_${code}_${layer.toLowerCase()}`
  const tables = {
    ADDRFEAT: [
      ADDRFEAT_COLUMNS,
      { TLID: '1', TFIDL: '11', FULLNAME: 'Main St', LFROMHN: '1', LTOHN: '99', ZIPL: '04092', PARITYL: 'O' },
    ],
    FACES: [
      FACES_COLUMNS,
      { TFID: '11', STATEFP20: '23', COUNTYFP20: '005', TRACTCE20: '002001', BLOCKCE20: '1000', PLACEFP: '82105' },
    ],
    PLACE: [PLACE_COLUMNS, { STATEFP: '23', PLACEFP: '82105', NAME: 'Westbrook', NAMELSAD: 'Westbrook city' }],
  } as const
  const [columns, row] = tables[layer]
  const line = [
    [-70.36, 43.68],
    [-70.35, 43.68],
  ] as const
  return await zipBytes({
    [`${base}.dbf`]: writeDbf(columns, [row]),
    [`${base}.cpg`]: 'UTF-8',
    ...(layer === 'ADDRFEAT' && { [`${base}.shp`]: writeShp([line]) }),
  })
}

/** Lays out the listings of a year as they are when it is whole: every state, and territories without address ranges. */
export function listWholeNation(
  server: PublicDataServer,
  states: readonly { code: string; fips?: string | undefined }[],
): void {
  const layers = [
    ['ADDRFEAT', '001', (code: string) => !['AS', 'GU', 'MP', 'VI'].includes(code)],
    ['FACES', '001', () => true],
    ['PLACE', '', () => true],
  ] as const
  for (const [layer, county, isListed] of layers) {
    const listed = states.filter(({ code, fips }) => fips !== undefined && isListed(code))
    const names = listed.map(({ fips }) => `tl_2027_${fips}${county}_${layer.toLowerCase()}.zip`)
    server.files.set(`/geo/tiger/TIGER2027/${layer}/`, listing(`/geo/tiger/TIGER2027/${layer}`, names))
  }
  server.files.set('/geo/tiger/', listing('/geo/tiger', ['TIGER2026/', 'TIGER2027/']))
}

/** A page of Apache's directory listing as www2.census.gov gives it. */
function listing(folder: string, names: readonly string[]): string {
  const rows = names.map(
    (name) =>
      `<tr><td valign="top"><img src="/icons/compressed.gif" alt="[   ]"></td><td><a href="${name}">${name}</a></td>` +
      `<td align="right">2025-09-22 12:00  </td><td align="right">${name.endsWith('/') ? '  - ' : '3.1M'}</td><td>&nbsp;</td></tr>`,
  )
  return (
    `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html>\n<head><title>Index of ${folder}</title></head>\n` +
    `<body>\n<table>\n<tr><th><a href="?C=N;O=D">Name</a></th></tr>\n${rows.join('\n')}\n</table>\n</body></html>\n`
  )
}

const FCC = '/api/public/map'
const CSV_HEADER =
  'frn,provider_id,brand_name,location_id,technology,max_advertised_download_speed,max_advertised_upload_speed,' +
  'low_latency,business_residential_code,state_usps,block_geoid,h3_res8_id\n'

async function layOutFcc(server: PublicDataServer): Promise<void> {
  server.files.set(
    `${FCC}/listAsOfDates`,
    JSON.stringify({
      data: [
        { data_type: 'availability', as_of_date: '2025-06-30' },
        { data_type: 'availability', as_of_date: '2025-12-31' },
        { data_type: 'challenge', as_of_date: '2026-03-31' },
      ],
      status: 'successful',
      status_code: 200,
      message: 'Executed Successfully.',
    }),
  )
  const entries = [
    entry({ id: 101, state: '23', technology: 40, token: 'Cable', revision: '15sep2026' }),
    entry({ id: 102, state: '23', technology: 40, token: 'Cable', revision: '29sep2026' }),
    {
      ...entry({ id: 103, state: '23', technology: 50, token: 'FibertothePremises', revision: '29sep2026' }),
      technology_code: null,
    },
    entry({ id: 104, state: '23', technology: 60, token: 'GSOSatellite', revision: '29sep2026' }),
    entry({ id: 105, state: '33', technology: 50, token: 'FibertothePremises', revision: '29sep2026' }),
    {
      ...entry({ id: 106, state: '23', technology: 50, token: 'served_unserved', revision: '29sep2026' }),
      subcategory: 'Served-Unserved',
    },
    {
      ...entry({ id: 107, state: '23', technology: 300, token: '3G', revision: '29sep2026' }),
      technology_type: 'Mobile Broadband',
    },
    {
      ...entry({ id: 108, state: '23', technology: 0, token: '', revision: '29sep2026' }),
      subcategory: 'Provider List',
      state_fips: null,
      technology_type: null,
      technology_code: null,
      file_name: 'bdc_us_provider_list_D25_29sep2026',
      record_count: '2883',
    },
  ]
  server.files.set(
    `${FCC}/downloads/listAvailabilityData/2025-12-31?category=State`,
    JSON.stringify({ data: entries, status: 'successful', status_code: 200, message: 'Executed Successfully.' }),
  )
  for (const { file_id: id, file_name: name } of entries) {
    const csv = name.includes('provider_list')
      ? 'frn,provider_id,holding_company\n0003746613,130235,"Charter Communications, Inc."\n'
      : `${CSV_HEADER}0003746613,130235,Spectrum,1000000001,40,1000,40,1,X,ME,230050020011000,882a13d297fffff\n`
    server.files.set(`${FCC}/downloads/downloadFile/availability/${id}`, await zipBytes({ [`${name}.csv`]: csv }))
  }
}

function entry({
  id,
  state,
  technology,
  token,
  revision,
}: {
  id: number
  state: string
  technology: number
  token: string
  revision: string
}) {
  return {
    file_id: id,
    category: 'State',
    subcategory: 'Location Coverage',
    technology_type: 'Fixed Broadband' as string | null,
    technology_code: String(technology) as string | null,
    technology_code_desc: token,
    speed_tier: null,
    state_fips: state as string | null,
    state_name: 'Maine',
    provider_id: null,
    provider_name: null,
    file_type: 'csv',
    file_name: `bdc_${state}_${token}_fixed_broadband_D25_${revision}`,
    record_count: '1000',
  }
}
