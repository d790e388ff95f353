import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { createDataSet } from '../../dataset/data-set-writer.ts'
import { listSourceFiles } from '../files/source-file.ts'
import { ingestBdc } from './ingest-bdc.ts'

const CURRENT =
  'frn,provider_id,brand_name,location_id,technology,max_advertised_download_speed,max_advertised_upload_speed,' +
  'low_latency,business_residential_code,state_usps,block_geoid,h3_res8_id'
const FIRST_RELEASE =
  'provider_id,frn,brand_name,location_id,block_fips,h3index_hex8,technology_code,max_advertised_download_speed,' +
  'max_advertised_upload_speed,low_latency,business_residential_code'

const BLOCK = '261250001001000'
const HEXAGON = '882ab2ca03fffff'
const CABLE = 'bdc_26_Cable_fixed_broadband_D24_01jul2025.csv'

interface Filing {
  frn?: string
  provider?: string | number
  brand?: string
  location?: string | number
  technology?: string | number
  down?: string | number
  up?: string | number
  latency?: string | number
  code?: string
  block?: string
  h3?: string
}

const DEFAULTS = {
  frn: '0000000001',
  provider: 900001,
  brand: 'Brand',
  location: 1,
  technology: 40,
  down: 100,
  up: 10,
  latency: 1,
  code: 'X',
  block: BLOCK,
  h3: HEXAGON,
}

function row(filing: Filing = {}): string {
  const f = { ...DEFAULTS, ...filing }
  return [
    f.frn,
    f.provider,
    f.brand,
    f.location,
    f.technology,
    f.down,
    f.up,
    f.latency,
    f.code,
    'MI',
    f.block,
    f.h3,
  ].join(',')
}

const csv = (...filings: Filing[]): string => [CURRENT, ...filings.map(row), ''].join('\n')

let folder: string
let db: Database.Database

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hum-test-'))
  db = createDataSet(':memory:').db
})

afterEach(async () => {
  db.close()
  await rm(folder, { recursive: true, force: true })
})

/** Writes files into a folder and counts them. */
async function ingest(
  files: Record<string, string | Buffer>,
  { providerTable, locations }: { providerTable?: string; locations?: string } = {},
): ReturnType<typeof ingestBdc> {
  const temporaryFolder = join(folder, 'temporary')
  await mkdir(temporaryFolder)
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, 'in', name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
  const providerPath = join(folder, 'providers.csv')
  if (providerTable !== undefined) await writeFile(providerPath, providerTable)
  const locationPath = join(folder, 'locations.csv')
  if (locations !== undefined) await writeFile(locationPath, locations)
  let id = 0
  try {
    return await ingestBdc({
      db,
      files: Object.keys(files).length > 0 ? await listSourceFiles(join(folder, 'in')) : [],
      providerFiles: providerTable === undefined ? [] : await listSourceFiles(providerPath),
      locationFiles: locations === undefined ? [] : await listSourceFiles(locationPath),
      nextSourceId: () => ++id,
      temporaryFolder,
    })
  } finally {
    expect(await readdir(temporaryFolder)).toEqual([])
  }
}

async function zipOf(members: Record<string, string>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}

const all = (sql: string): unknown[] => db.prepare(sql).all()
const coverage = (): unknown[] =>
  all(`SELECT provider_id AS provider, technology, residential_locations AS homes, residential_download AS homesDown,
    residential_upload AS homesUp, business_locations AS firms, business_download AS firmsDown,
    business_upload AS firmsUp, name AS brand FROM coverage JOIN brand USING (brand_id, provider_id) ORDER BY cell_id, 1, 2`)

describe('ingestBdc', () => {
  it('counts distinct locations of each block and hexagon, whoever filed for them', async () => {
    await ingest({
      [CABLE]: csv(
        { location: 1 },
        { location: 2 },
        { location: 3, provider: 900002 },
        { location: 4, h3: '882ab2ca01fffff' },
        { location: 5, block: '261250001001001' },
      ),
      'bdc_26_Copper_fixed_broadband_D24_01jul2025.csv': csv(
        { location: 3, technology: 10 },
        { location: 6, technology: 10 },
      ),
    })
    expect(all('SELECT cell_id, block_geoid, locations, block_locations FROM cell ORDER BY cell_id')).toEqual([
      { cell_id: 1, block_geoid: 261250001001000, locations: 1, block_locations: 5 },
      { cell_id: 2, block_geoid: 261250001001000, locations: 4, block_locations: 5 },
      { cell_id: 3, block_geoid: 261250001001001, locations: 1, block_locations: 1 },
    ])
    const [{ h3 }] = db.prepare('SELECT h3 FROM cell WHERE cell_id = 2').safeIntegers(true).all() as [{ h3: bigint }]
    expect(h3.toString(16)).toBe(HEXAGON)
  })

  it('takes rows of one location as one claim with the highest speeds, homes and business apart', async () => {
    await ingest({
      [CABLE]: csv(
        { location: 1, code: 'R', down: 100, up: 40 },
        { location: 1, code: 'R', down: 300, up: 10, frn: '0000000002' },
        { location: 1, code: 'B', down: 1000, up: 500 },
        { location: 2, code: 'X', down: 50, up: 5, brand: 'Other brand' },
        { location: 3, code: 'B', down: 20, up: 2 },
      ),
    })
    expect(coverage()).toEqual([
      {
        provider: 900001,
        technology: 40,
        homes: 2,
        homesDown: 300,
        homesUp: 40,
        firms: 3,
        firmsDown: 1000,
        firmsUp: 500,
        brand: 'Brand',
      },
    ])
  })

  it('keeps a service filed with speeds of zero', async () => {
    await ingest({ [CABLE]: csv({ down: 0, up: 0 }) })
    expect(coverage()).toMatchObject([{ homes: 1, homesDown: 0, homesUp: 0 }])
  })

  it('reads both generations of headers, quoted numbers and leading zeros alike', async () => {
    const old = `"900001","0000000001",Brand,"1","${BLOCK}",${HEXAGON},40,"100","10","1",X`
    await ingest({ 'bdc_26_Cable_fixed_broadband_063022.csv': `${FIRST_RELEASE}\n${old}\n` })
    const fromOld = [coverage(), all('SELECT * FROM cell'), all('SELECT * FROM provider_frn')]
    db.close()
    db = createDataSet(':memory:').db
    await rm(folder, { recursive: true })
    await mkdir(folder)
    await ingest({ 'bdc_26_Cable_fixed_broadband_063022.csv': csv({}) })
    expect([coverage(), all('SELECT * FROM cell'), all('SELECT * FROM provider_frn')]).toEqual(fromOld)
    expect(fromOld[2]).toEqual([{ frn: '0000000001', provider_id: 900001, filer_name: null }])
  })

  it('reads a byte order mark, a quoted header in capitals, carriage returns, commas, quotes and line ends inside of brands', async () => {
    const text = csv(
      { location: 1, brand: '"Smith, ""Sons"" & Co\nof Maine"' },
      { location: 2, provider: 900002, brand: 'Café Télécom' },
    )
    const shouting = text.replace(
      CURRENT,
      CURRENT.split(',')
        .map((name) => `"${name.toUpperCase()}"`)
        .join(','),
    )
    await ingest({ [CABLE]: `\uFEFF${shouting.replaceAll('\n', '\r\n')}` })
    expect(coverage()).toMatchObject([{ brand: 'Smith, "Sons" & Co of Maine' }, { brand: 'Café Télécom' }])
  })

  it('takes ways of writing a brand that differ in blanks for one', async () => {
    await ingest({
      [CABLE]: csv(
        { location: 1, brand: 'Acme  Net' },
        { location: 2, brand: ' Acme Net', block: '261250001001001' },
        { location: 3, brand: 'Acme Net', block: '261250001001002' },
      ),
    })
    expect(all('SELECT * FROM brand')).toEqual([{ brand_id: 1, provider_id: 900001, name: 'Acme Net' }])
  })

  it('reads zips with nested folders and takes the date from where it stands', async () => {
    const { sources } = await ingest({
      'maine_2022-06_rev2023-03-31/bdc_26_Cable_fixed_broadband_063022.zip': await zipOf({ 'a/b/cable.csv': csv({}) }),
    })
    expect(sources).toMatchObject([
      {
        kind: 'bdc_availability',
        file: 'bdc_26_Cable_fixed_broadband_063022.zip',
        vintage: '2022-06-30',
        revision: '2023-03-31',
        rowsRead: 1,
        rowsKept: 1,
        rejected: {},
      },
    ])
    expect(coverage()).toHaveLength(1)
  })

  it('takes the date from the file inside where the zip was renamed', async () => {
    const { sources } = await ingest({ 'cable.zip': await zipOf({ [CABLE]: csv({}) }) })
    expect(sources).toMatchObject([{ vintage: '2024-12-31', revision: '2025-07-01' }])
  })

  it('rejects rows that cannot be counted, each with its reason, and counts what was read', async () => {
    const lines = [
      row({ provider: 'none' }),
      row({ provider: 0 }),
      row({ location: '' }),
      row({ technology: 41 }),
      row({ block: '26125000100100' }),
      row({ block: '230050025032013' }),
      row({ h3: '872ab2ca0ffffff' }),
      row({ down: -1 }),
      row({ up: '' }),
      row({ code: 'Z' }),
      `${row()},surplus`,
      'short,row',
      row({ location: 7 }),
    ]
    const { sources } = await ingest({ [CABLE]: [CURRENT, ...lines, ''].join('\n') })
    expect(sources).toMatchObject([
      {
        rowsRead: 13,
        rowsKept: 1,
        rejected: {
          provider_id_invalid: 2,
          location_id_invalid: 1,
          technology_unknown: 1,
          block_invalid: 1,
          block_in_other_state: 1,
          hexagon_invalid: 1,
          speed_invalid: 2,
          customer_code_unknown: 1,
          too_many_columns: 1,
          too_few_columns: 1,
        },
      },
    ])
    expect(all('SELECT locations FROM cell')).toEqual([{ locations: 1 }])
  })

  it('rejects a line that is not UTF-8 and reads on', async () => {
    const latin = Buffer.from(`${CURRENT}\n${row({ brand: 'Caf\u00e9' })}\n${row({ location: 2 })}\n`, 'latin1')
    const { sources } = await ingest({ [CABLE]: latin })
    expect(sources).toMatchObject([{ rowsRead: 2, rowsKept: 1, rejected: { not_utf8: 1 } }])
  })

  it('refuses files of the FCC listing that hold no availability, with the reason, and counts the others', async () => {
    const { sources, refused } = await ingest({
      [CABLE]: csv({}),
      'bdc_26_Served-Unserved_D24_01jul2025.csv': 'location_id,block_geoid,h3_res8_id,served\n1,2,3,1\n',
      'bdc_us_provider_list_D24_01jul2025.csv': 'frn,provider_id,holding_company\n1,2,x\n',
    })
    expect(sources).toHaveLength(1)
    expect(refused.map(({ file }) => file)).toEqual([
      'bdc_26_Served-Unserved_D24_01jul2025.csv',
      'bdc_us_provider_list_D24_01jul2025.csv',
    ])
  })

  it('says what to give when no file holds availability', async () => {
    await expect(ingest({ 'a.csv': 'x,y\n1,2\n' })).rejects.toMatchObject({
      code: 'source_unreadable',
      message: expect.stringContaining('bdc_23_Cable') as string,
    })
  })

  it('takes the newest vintage of a state and technology and counts the older rows as superseded', async () => {
    const { sources } = await ingest({
      'bdc_26_Cable_fixed_broadband_J24_01jul2025.csv': csv({ location: 1, provider: 900009 }, { location: 2 }),
      [CABLE]: csv({ location: 1 }),
      'bdc_26_Copper_fixed_broadband_J24_01jul2025.csv': csv({ location: 1, technology: 10, provider: 900005 }),
    })
    expect(coverage()).toMatchObject([
      { provider: 900001, technology: 40, homes: 1 },
      { provider: 900005, technology: 10, homes: 1 },
    ])
    expect(sources.map(({ vintage, rejected }) => [vintage, rejected])).toEqual([
      ['2024-12-31', {}],
      ['2024-06-30', { superseded: 2 }],
      ['2024-06-30', {}],
    ])
    expect(all('SELECT DISTINCT source_id FROM coverage ORDER BY 1')).toEqual([{ source_id: 1 }, { source_id: 3 }])
  })

  it('skips a file that was given twice', async () => {
    const { sources, refused } = await ingest({ [CABLE]: csv({}), [`again/${CABLE}`]: csv({}) })
    expect(sources).toHaveLength(1)
    expect(refused).toEqual([{ file: CABLE, reason: `the same file as ${CABLE}` }])
  })

  it('counts several states, whether the names tell them or not', async () => {
    const maine = { block: '230050025032013', h3: '882a3454abfffff' }
    const ohio = { block: '390050025032013', h3: '882a3454adfffff' }
    await ingest({ 'both.csv': csv(ohio, maine), [CABLE]: csv({}) })
    expect(all('SELECT cell_id, block_geoid FROM cell ORDER BY cell_id')).toEqual([
      { cell_id: 1, block_geoid: 230050025032013 },
      { cell_id: 2, block_geoid: 261250001001000 },
      { cell_id: 3, block_geoid: 390050025032013 },
    ])
  })

  it('writes the same rows in the same order, whatever the order of the filings', async () => {
    const filings = Array.from({ length: 500 }, (_, index) => ({
      location: 1 + (index % 90),
      provider: 900001 + (index % 4),
      brand: `Brand ${index % 3}`,
      down: (index * 37) % 1000,
      block: `26125000100100${index % 7}`,
    }))
    await ingest({ [CABLE]: csv(...filings) })
    const first = [coverage(), all('SELECT * FROM cell'), all('SELECT * FROM brand')]
    db.close()
    db = createDataSet(':memory:').db
    await rm(folder, { recursive: true })
    await mkdir(folder)
    await ingest({ [CABLE]: csv(...filings.toReversed()) })
    expect([coverage(), all('SELECT * FROM cell'), all('SELECT * FROM brand')]).toEqual(first)
  })

  it('writes no location id anywhere', async () => {
    await ingest({ [CABLE]: csv({ location: 1234567891 }, { location: 1234567892 }) })
    const tables = all(`SELECT name FROM sqlite_master WHERE type = 'table'`) as { name: string }[]
    const values = tables
      .flatMap(({ name }) => db.prepare(`SELECT * FROM ${name}`).raw().safeIntegers(true).all())
      .flat()
    expect(values.length).toBeGreaterThan(10)
    expect(values.filter((value) => /12345678\d\d/.test(String(value)))).toEqual([])
  })

  it.each(["it's", 'a [b] c', 'what? *'])('reads files in a folder called %s', async (name) => {
    await ingest({ [`${name}/${CABLE}`]: csv({}) })
    expect(coverage()).toHaveLength(1)
  })

  it('reads a column order of its own and ignores further columns', async () => {
    const names = ['extra', ...CURRENT.split(',').toReversed()]
    const values = ['x', ...row().split(',').toReversed()]
    await ingest({ [CABLE]: `${names.join(',')}\n${values.join(',')}\n` })
    expect(coverage()).toMatchObject([{ provider: 900001, homesDown: 100, homesUp: 10 }])
  })

  it('fails on a damaged zip, leaving nothing behind', async () => {
    const zip = await zipOf({
      [CABLE]: csv(...Array.from({ length: 500 }, (_, location) => ({ location: location + 1 }))),
    })
    zip.fill(0, 200, 260)
    const good = await zipOf({ [CABLE]: csv({}) })
    await expect(ingest({ '1.zip': good, '2.zip': zip, '3.zip': good })).rejects.toMatchObject({
      code: 'source_unreadable',
    })
  })

  it('says so when memory does not do', async () => {
    const path = join(folder, CABLE)
    await writeFile(path, csv({}))
    const options = {
      db,
      files: await listSourceFiles(path),
      providerFiles: [],
      nextSourceId: () => 1,
      memoryLimitMb: 1,
    }
    await expect(ingestBdc(options)).rejects.toMatchObject({ code: 'data_set_unwritable' })
  })

  it('creates empty tables where there is nothing to count', async () => {
    expect(await ingest({})).toEqual({ sources: [], refused: [] })
    expect(all('SELECT * FROM cell')).toEqual([])
    expect(all('SELECT * FROM provider')).toEqual([])
  })

  it('names providers from the table, and those that it lacks by the brand filed most', async () => {
    const table =
      '"provider_name","affiliation","operation_type","frn","provider_id"\n' +
      '"Filer One, LLC","Holding, Inc.","Non-ILEC","0000000001",900001\n' +
      '"Filer Two","Holding, Inc.","ILEC","22",900001\n' +
      '"Thief","Thief","ILEC","0000000001",900003\n' +
      '"No id","No id","ILEC","0000000004",x\n'
    const { sources } = await ingest(
      { [CABLE]: csv({}, { location: 2, provider: 900002, brand: 'Brand Two', frn: '0000000077' }) },
      { providerTable: table },
    )
    expect(sources[0]).toMatchObject({
      kind: 'bdc_providers',
      rowsRead: 4,
      rowsKept: 2,
      rejected: { frn_of_another_provider: 1, provider_id_invalid: 1 },
    })
    expect(all('SELECT * FROM provider ORDER BY provider_id')).toEqual([
      { provider_id: 900001, name: 'Holding, Inc.' },
      { provider_id: 900002, name: 'Brand Two' },
    ])
    expect(all('SELECT * FROM provider_frn ORDER BY frn')).toEqual([
      { frn: '0000000001', provider_id: 900001, filer_name: 'Filer One, LLC' },
      { frn: '0000000022', provider_id: 900001, filer_name: 'Filer Two' },
      { frn: '0000000077', provider_id: 900002, filer_name: null },
    ])
  })

  it('refuses a provider table without ids', async () => {
    await expect(ingest({ [CABLE]: csv({}) }, { providerTable: 'name,phone\nx,y\n' })).rejects.toMatchObject({
      code: 'source_unreadable',
      message: expect.stringContaining('provider_id') as string,
    })
  })

  it('refuses a provider table that is no CSV', async () => {
    const providerTable = 'provider_id,provider_name\n1,"x\n'
    await expect(ingest({ [CABLE]: csv({}) }, { providerTable })).rejects.toMatchObject({ code: 'source_unreadable' })
  })
})

const LIST = 'location_id,address_primary,bsl_flag,block_geoid,latitude,longitude'
const listed = (
  id: string | number,
  latitude: string,
  longitude: string,
  over: { bsl?: string; block?: string } = {},
) => [id, '"1 Main St, Unit 2"', over.bsl ?? 'True', over.block ?? BLOCK, latitude, longitude].join(',')
const pointCoverage = () =>
  all(`SELECT latitude, longitude, locations, provider_id AS provider, technology, residential_locations AS homes,
    residential_download AS down FROM location_point LEFT JOIN coverage ON cell_id = -profile_id ORDER BY 1, 2, 4, 5`)
const north = (latitude: number) => ({ latitude, longitude: -83100000, locations: 1 })

describe('a licensed list of locations', () => {
  it('gives what was filed for each point, once for points with the same filings', async () => {
    const filings = csv(
      { location: 11, down: 500 },
      { location: 12, down: 500 },
      { location: 13, down: 300 },
      { location: 13, provider: 900002, down: 50 },
    )
    const locations = [
      LIST,
      listed(11, '42.1', '-83.1'),
      listed(12, '42.2', '-83.1'),
      listed(13, '42.3', '-83.1'),
      listed(14, '42.4', '-83.1'),
      '',
    ].join('\n')
    const { sources } = await ingest({ [CABLE]: filings }, { locations })
    expect(pointCoverage()).toEqual([
      { ...north(42100000), provider: 900001, technology: 40, homes: 1, down: 500 },
      { ...north(42200000), provider: 900001, technology: 40, homes: 1, down: 500 },
      { ...north(42300000), provider: 900001, technology: 40, homes: 1, down: 300 },
      { ...north(42300000), provider: 900002, technology: 40, homes: 1, down: 50 },
      { ...north(42400000), provider: null, technology: null, homes: null, down: null },
    ])
    expect(all('SELECT DISTINCT cell_id FROM coverage WHERE cell_id < 0')).toHaveLength(2)
    expect(sources[1]).toMatchObject({ kind: 'fabric_locations', rowsRead: 4, rowsKept: 4, rejected: {} })
  })

  it('leaves the counts of blocks and hexagons as they are', async () => {
    await ingest({ [CABLE]: csv({ location: 11 }, { location: 12 }) })
    const without = all('SELECT * FROM coverage JOIN cell USING (cell_id)')
    db.close()
    db = createDataSet(':memory:').db
    await rm(folder, { recursive: true })
    await mkdir(folder)
    await ingest(
      { [CABLE]: csv({ location: 11 }, { location: 12 }) },
      { locations: `${LIST}\n${listed(11, '42.1', '-83.1')}\n` },
    )
    expect(all('SELECT * FROM coverage JOIN cell USING (cell_id)')).toEqual(without)
  })

  it('counts the locations of one building together', async () => {
    const locations = [LIST, listed(11, '42.1', '-83.1'), listed(12, '42.1', '-83.1'), ''].join('\n')
    await ingest({ [CABLE]: csv({ location: 11 }, { location: 12, code: 'B' }) }, { locations })
    expect(pointCoverage()).toMatchObject([{ locations: 2, homes: 1 }])
  })

  it('rejects rows that tell no place, no serviceable location or a state without filings', async () => {
    const locations = [
      LIST,
      listed('x', '42.1', '-83.1'),
      listed(12, '', '-83.1'),
      listed(13, '42.1', '-83.1', { bsl: 'False' }),
      listed(14, '42.1', '-83.1', { block: '' }),
      listed(15, '43.1', '-70.1', { block: '230050025032013' }),
      'short,row',
      listed(16, '42.1', '-83.1'),
      '',
    ].join('\n')
    const { sources } = await ingest({ [CABLE]: csv({ location: 16 }) }, { locations })
    expect(sources[1]).toMatchObject({
      rowsRead: 7,
      rowsKept: 1,
      rejected: {
        location_id_invalid: 1,
        coordinates_invalid: 1,
        not_serviceable: 1,
        block_invalid: 1,
        no_filings_for_state: 1,
        too_few_columns: 1,
      },
    })
  })

  it('is read once for each state and its rows counted once', async () => {
    const maine = { block: '230050025032013', h3: '882a3454abfffff' }
    const locations = [LIST, listed(11, '42.1', '-83.1'), listed(21, '43.1', '-70.1', maine), 'short', ''].join('\n')
    const { sources } = await ingest(
      {
        [CABLE]: csv({ location: 11 }),
        'bdc_23_Cable_fixed_broadband_D24_01jul2025.csv': csv({ location: 21, down: 900, ...maine }),
      },
      { locations },
    )
    expect(sources.at(-1)).toMatchObject({ rowsRead: 3, rowsKept: 2, rejected: { too_few_columns: 1 } })
    expect(pointCoverage()).toMatchObject([{ down: 100 }, { down: 900 }])
  })

  it('keeps no location id', async () => {
    const filings = { [CABLE]: csv({ location: 1234567891 }) }
    await ingest(filings, { locations: `${LIST}\n${listed(1234567891, '42.1', '-83.1')}\n` })
    const tables = all(`SELECT name FROM sqlite_master WHERE type = 'table'`) as { name: string }[]
    const values = tables.flatMap(({ name }) => db.prepare(`SELECT * FROM ${name}`).raw().all()).flat()
    expect(values.filter((value) => String(value).includes('1234567891'))).toEqual([])
  })

  it('is refused without the columns it needs, and without filings', async () => {
    const locations = 'location_id,latitude\n1,2\n'
    await expect(ingest({ [CABLE]: csv({}) }, { locations })).rejects.toMatchObject({
      message: expect.stringContaining('longitude, block_geoid') as string,
    })
    await rm(folder, { recursive: true })
    await mkdir(folder)
    db.close()
    db = createDataSet(':memory:').db
    await expect(ingest({}, { locations })).rejects.toMatchObject({ code: 'source_unreadable' })
  })
})
