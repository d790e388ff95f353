import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withFolder } from '../../test/support/with-folder.ts'
import { writeZip } from '../../test/support/write-zip.ts'
import { findSources } from './find-sources.ts'

/** Names as their publishers and `hum data fetch` give them, and what each is. */
const NAMES = {
  'tiger/tl_2025_23005_addrfeat.dbf': 'tiger',
  'tiger/tl_2025_23005_addrfeat.shp.iso.xml': 'companion',
  'tiger/tl_2025_23_place.dbf': 'tiger',
  'tiger/tl_2025_us_county.dbf': 'unknown',
  'bdc/bdc_23_FibertothePremises_fixed_broadband_J23_05mar2024.csv': 'bdc',
  'bdc/bdc_23_Fiber-to-the-Premises_fixed_broadband_063022.csv': 'bdc',
  'bdc/bdc_us_provider_list_D25_15jul2026.csv': 'providers',
  'bdc/bdc_provider_id_table_cori.csv': 'providers',
  'zip/US.txt': 'zips',
  'zip/PR.txt': 'zips',
  'zip/readme.txt': 'unknown',
  'points/NAD_r23.txt': 'points',
  'points/openaddresses-1234-source.geojson': 'points',
  'points/county.csv': 'points',
  'elsewhere/westbrook_addresses.csv': 'points',
  'labels/2026-10-01-some-provider.csv': 'labels',
  'labels/label-mapping.json': 'labels',
  'locations/fabric.csv': 'locations',
  'behaviours.csv': 'behaviours',
  'confirmations.csv': 'confirmations',
  'README.md': 'unknown',
  'LICENSE.txt': 'unknown',
  'budget.xls': 'unknown',
} as const

describe('findSources', () => {
  it('recognizes each file of a mixed folder by its published name, and names the others', () =>
    withFolder(async (folder) => {
      for (const name of Object.keys(NAMES)) {
        await mkdir(dirname(join(folder, name)), { recursive: true })
        await writeFile(join(folder, name), 'x')
      }
      const { tiger, setAside, ...lists } = await findSources({ mixed: [folder] })
      const found: Record<string, string> = {}
      const path = (file: { path: string }) => file.path.slice(folder.length + 1)
      for (const { table } of tiger) found[path(table)] = 'tiger'
      for (const [kind, files] of Object.entries(lists)) for (const file of files) found[path(file)] = kind
      for (const { file } of setAside) {
        const name = Object.keys(NAMES).find((candidate) => candidate.endsWith(file)) ?? file
        found[name] = 'unknown'
      }
      expect({ ...found, 'tiger/tl_2025_23005_addrfeat.shp.iso.xml': 'companion' }).toEqual(NAMES)
    }))

  it('recognizes what lies in zips by the names inside', () =>
    withFolder(async (folder) => {
      await writeZip(join(folder, 'nad.zip'), { 'TXT/NAD_r23.txt': 'x', 'TXT/schema.ini': 'x' })
      await writeZip(join(folder, 'US.zip'), { 'US.txt': 'x', 'readme.txt': 'x' })
      await writeZip(join(folder, 'state.zip'), { 'us/me/statewide-addresses-state.geojson': 'x' })
      const { points, zips, setAside } = await findSources({ mixed: [folder] })
      expect(points.map(({ member }) => member)).toEqual(['TXT/NAD_r23.txt', 'us/me/statewide-addresses-state.geojson'])
      expect(zips.map(({ member }) => member)).toEqual(['US.txt'])
      expect(setAside.map(({ file }) => file)).toEqual(['readme.txt', 'schema.ini'])
    }))

  it('takes files as what they are given as, whatever they are called', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'export.csv'), 'x')
      const { points, providers } = await findSources({
        points: [join(folder, 'export.csv')],
        providers: [join(folder, 'export.csv')],
      })
      expect([points, providers].map((files) => files.map(({ name }) => name))).toEqual([
        ['export.csv'],
        ['export.csv'],
      ])
    }))

  it('refuses to build from a folder in which it recognizes nothing', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'budget.xls'), 'x')
      await expect(findSources({ mixed: [folder] })).rejects.toThrow('There is nothing to build from.')
    }))
})
