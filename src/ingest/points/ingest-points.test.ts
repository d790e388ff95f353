import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findState, standardizeStreet } from '../../address/index.ts'
import type { AddressPointRecord } from '../../dataset/streets/street-records.ts'
import { AppError } from '../../lib/errors.ts'
import type { SourceFile } from '../files/source-file.ts'
import { ingestPoints } from './ingest-points.ts'
import { pointColumns } from './point-columns.ts'
import type { NameableField } from './point-columns.ts'
import { openPointFile } from './read-point-rows.ts'
import { standardizeUnit } from './standardize-unit.ts'

interface Settings {
  readonly columns?: Partial<Record<NameableField, string>>
  readonly stateOfFile?: string
}

async function read(name: string, text: string, { columns, stateOfFile }: Settings = {}) {
  const file: SourceFile = {
    name,
    path: name,
    sizeBytes: text.length,
    open: async () => Readable.from([Buffer.from(text)]),
  }
  const opened = await openPointFile(file, pointColumns(columns))
  if (typeof opened === 'string') throw new Error(opened)
  const points: AddressPointRecord[] = []
  const counts = await ingestPoints(opened, {
    sourceId: 1,
    findState: (state) => findState(state)?.code,
    findStateOfZip: (zip) => (zip === '04092' ? 'ME' : undefined),
    stateOfFile,
    standardizeStreet,
    standardizeUnit,
    addPoint: (point) => points.push(point) > 0,
  })
  return { points, ...counts }
}

const NAD_R23 =
  'OID_,AddNum_Pre,Add_Number,AddNum_Suf,AddNo_Full,St_PreMod,St_PreDir,St_PreTyp,St_PreSep,St_Name,St_PosTyp,' +
  'St_PosDir,St_PosMod,StNam_Full,Building,Floor,Unit,Room,Inc_Muni,Post_City,State,Zip_Code,Longitude,Latitude'
const NAD_R4 =
  'OID,State,County,Inc_Muni,Uninc_Comm,Nbrhd_Comm,Post_Comm,Zip_Code,Plus_4,StN_PreDir,StN_PreTyp,StreetName,' +
  'StN_PosTyp,StN_PosDir,AddNum_Pre,Add_Number,AddNum_Suf,Unit,Longitude,Latitude,Placement,Source'

describe('address points of a table of text', () => {
  it('take number, street, unit, city, state, ZIP and coordinates from named columns', async () => {
    const { points, rowsKept } = await read(
      'county.csv',
      'number,street,unit,city,state,postcode,lat,lon\n18,Larch Place,Apt 3,Westbrook,ME,04092,43.7,-70.3\n',
    )
    expect(rowsKept).toBe(1)
    expect(points).toEqual([
      {
        street: expect.objectContaining({ streetName: 'LARCH', suffix: 'PL' }),
        number: '18',
        unit: 'APT 3',
        zip: '04092',
        city: 'WESTBROOK',
        state: 'ME',
        coordinates: { latitude: 43.7, longitude: -70.3 },
        sourceId: 1,
      },
    ])
  })

  it('are read by the column names that the operator gives', async () => {
    const { points } = await read('x.csv', 'HSE;ROAD;TOWN;Y;X\n7;Elm St;Saco;43.5;-70.4\n', {
      columns: { number: 'HSE', street: 'ROAD', city: 'TOWN' },
      stateOfFile: 'ME',
    })
    expect(points[0]).toMatchObject({ number: '7', city: 'SACO', state: 'ME' })
  })

  it('are put together from the parts of the National Address Database, r23', async () => {
    const { points } = await read(
      'NAD_r23.txt',
      `${NAD_R23}\n1,,112,1/2,,,North,,,1st,Avenue,East,,,,,B,,Town Of X,Postville,ME,4092,-70.3,43.7\n`,
    )
    expect(points[0]).toMatchObject({
      number: '112 1/2',
      street: { predirectional: 'N', suffix: 'AVE', postdirectional: 'E' },
      unit: '# B',
      city: 'POSTVILLE',
      zip: '04092',
    })
  })

  it('are put together from the parts of the National Address Database, r4', async () => {
    const { points } = await read(
      'NAD_r4.txt',
      `${NAD_R4}\n-1,AR,Arkansas,Stuttgart,,,De Witt,72042,,,,Molly,Lane,,,27,,,-91.25,34.19,Unknown,GIS\n`,
    )
    expect(points[0]).toMatchObject({ number: '27', street: { streetName: 'MOLLY', suffix: 'LN' }, city: 'DE WITT' })
  })

  it('are rejected by reason where an unquoted comma shifted the row', async () => {
    const shifted = '-1,AR,Arkansas,Stuttgart,,,De Witt,72042,,,,Molly, Old,Lane,,,27,,,-91.25,34.19,Unknown,GIS'
    const textInLongitude = '-1,AR,Arkansas,Stuttgart,,,De Witt,72042,,,,Molly,Lane,,,,27,,AR,0,34.19,GIS'
    expect(await read('NAD_r4.txt', `${NAD_R4}\n${shifted}\n${textInLongitude}\n`)).toMatchObject({
      rowsRead: 2,
      rowsKept: 0,
      rejected: { coordinates_unreadable: 1, wrong_number_of_cells: 1 },
    })
  })

  it.each([
    [',Elm St,ME,43.5,-70.4', 'no_number'],
    ['0,Elm St,ME,43.5,-70.4', 'no_number'],
    ['12 & 14,Elm St,ME,43.5,-70.4', 'number_unreadable'],
    ['12,,ME,43.5,-70.4', 'no_street'],
    ['12,Elm St,ME,,', 'no_coordinates'],
    ['12,Elm St,ME,Maine,-70.4', 'coordinates_unreadable'],
    ['12,Elm St,ME,46.36,-63.1', 'coordinates_out_of_range'],
    ['12,Elm St,ME,0,0', 'coordinates_out_of_range'],
    ['12,Elm St,QUN,43.5,-70.4', 'not_a_state'],
    ['12,Elm St,,43.5,-70.4', 'no_state'],
    ['12,Elm St', 'wrong_number_of_cells'],
    ['"12,Elm St,ME,43.5,-70.4', 'quote_never_closes'],
  ])('%s is rejected as %s', async (row, reason) => {
    const { rejected, points } = await read('x.csv', `number,street,state,lat,lon\n${row}\n`)
    expect(rejected).toEqual({ [reason]: 1 })
    expect(points).toEqual([])
  })

  it('lie anywhere in the United States and its territories', async () => {
    const places = { AK: [52.9, 172.9], HI: [19.7, -155.1], PR: [18.4, -66.1], GU: [13.5, 144.8], AS: [-14.3, -170.7] }
    const rows = Object.entries(places).map(
      ([state, [latitude, longitude]]) => `1,A St,${state},${latitude},${longitude}`,
    )
    const { points } = await read('x.csv', ['number,street,state,lat,lon', ...rows].join('\n'))
    expect(points.map(({ state }) => state)).toEqual(Object.keys(places))
  })

  it('lose a city that is a code and a ZIP that is none, and stay', async () => {
    const { points } = await read('x.csv', 'number,street,city,region,postcode,lat,lon\n1,Elm,02,ME,none,43.5,-70.4\n')
    expect(points[0]).toMatchObject({ city: undefined, zip: undefined, state: 'ME' })
  })

  it('take their state from the ZIP where they name none', async () => {
    const { points } = await read('x.csv', 'number,street,zip,lat,lon\n1,Elm St,04092-1234,43.5,-70.4\n')
    expect(points[0]).toMatchObject({ zip: '04092', state: 'ME' })
  })

  it('keep numbers with letters, hyphens and fractions, and lose only leading zeros', async () => {
    const rows = ['112-10', 'n112w16350', '12 1/2', '0017', '10a', '15.0'].map((n) => `${n},Elm St,ME,43.5,-70.4`)
    const { points } = await read('x.csv', ['number,street,state,lat,lon', ...rows].join('\n'))
    expect(points.map(({ number }) => number)).toEqual(['112-10', 'N112W16350', '12 1/2', '17', '10A', '15'])
  })

  it('are told from other tables by what is missing', async () => {
    await expect(read('x.csv', 'street,lat,lon\n')).rejects.toThrow('no column for the house number')
    await expect(read('x.csv', 'number,street\n')).rejects.toThrow('no columns for the coordinates')
    await expect(read('x.pdf', '')).rejects.toThrow('not a CSV, text or GeoJSON file')
  })
})

const feature = (properties: object, coordinates: unknown = [-70.4, 43.5]) =>
  JSON.stringify({ type: 'Feature', properties, geometry: { type: 'Point', coordinates } })

describe('address points of OpenAddresses', () => {
  it('are read with one feature a line', async () => {
    const { points } = await read(
      'me.geojson',
      `${feature({ number: '140', street: 'STATE RD', unit: '', city: 'Saco', region: 'ME', postcode: '04072' })}\n`,
    )
    expect(points[0]).toMatchObject({ number: '140', street: { streetName: 'STATE', suffix: 'RD' }, zip: '04072' })
  })

  it('are read out of a collection that has one feature a line', async () => {
    const row = feature({ number: 1, street: 'Elm St', region: 'ME' })
    const text = `{\n"type": "FeatureCollection",\n"features": [\n${row},\n${row}\n]\n}\n`
    expect(await read('me.geojson', text)).toMatchObject({ rowsRead: 2, rowsKept: 2 })
  })

  it('are rejected where the line is no feature or has no point', async () => {
    const properties = { number: '1', street: 'Elm St', region: 'ME' }
    const lines = ['{"type":"Feature","prop', 'hello', feature(properties, []), feature({ street: 'Elm St' })]
    expect((await read('me.geojson', lines.join('\n'))).rejected).toEqual({
      no_column_for_the_house_number: 1,
      no_coordinates: 1,
      unreadable_row: 2,
    })
  })

  it('are read from the CSV with the point as text', async () => {
    const { points } = await read(
      'us.csv',
      'GEOM,HASH,NUMBER,STREET,UNIT,CITY,DISTRICT,REGION,POSTCODE,ID\nPOINT (-70.4 43.5),ab,16,RTE 25,,Saco,,ME,,\n',
    )
    expect(points[0]).toMatchObject({ number: '16', coordinates: { latitude: 43.5, longitude: -70.4 } })
  })
})

it('answers any text with counted rows or a clear error', async () => {
  const piece = fc.constantFrom(
    'number,street,state,lat,lon',
    '\n',
    ',',
    '"',
    '12',
    'Elm St',
    'ME',
    '43.5',
    '-70.4',
    '{',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' }))), async (pieces) => {
      for (const name of ['x.csv', 'x.geojson']) {
        const header = name === 'x.csv' ? 'number,street,state,lat,lon\n' : ''
        try {
          const { rowsRead, rowsKept, rejected } = await read(name, header + pieces.join(''))
          expect(Object.values(rejected).reduce((sum, rows) => sum + rows, rowsKept)).toBe(rowsRead)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }
    }),
    { numRuns: 150 },
  )
})
