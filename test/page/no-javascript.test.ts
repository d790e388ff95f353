import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, openPageWorld, PATIENTLY } from './page-world.ts'
import type { PageWorld } from './page-world.ts'

describe.skipIf(!hasBrowser)('the page without JavaScript', PATIENTLY, () => {
  let world: PageWorld
  beforeAll(async () => {
    world = await openPageWorld()
  })
  afterAll(() => world.close())

  const open = (path = '/?lang=en') => world.open(path, { javaScriptEnabled: false })

  async function send(page: Page, line: string): Promise<void> {
    await page.locator('#address').fill(line)
    await page.getByRole('button', { name: 'Search' }).click()
  }

  it('answers a one-line search with every provider, plan and plan card', async () => {
    const { page, requested, close } = await open()
    await send(page, '29090 Tiffany Drive E, Southfield, MI 48034')
    await page.getByRole('heading', { name: '4 providers report service here' }).waitFor()
    expect(await page.locator('.provider').count()).toBe(4)
    await page.locator('.plan-label-details summary').first().click()
    expect(await page.locator('.label-card').first().isVisible()).toBe(true)
    expect(requested.filter((url) => /tiffany/i.test(url))).toEqual([])
    await close()
  })

  it('keeps what was typed, the unit too, and shows nothing that would need a script', async () => {
    const { page, close } = await open()
    await page.locator('#unit').fill('Apt 2B')
    await send(page, '24520 Lodestar Road, Southfield, MI 48034')
    await page.getByText('24520 LODESTAR RD APT 2B, SOUTHFIELD, MI 48034').waitFor()
    expect(await page.locator('#address').inputValue()).toBe('24520 Lodestar Road, Southfield, MI 48034')
    expect(await page.locator('#unit').inputValue()).toBe('Apt 2B')
    expect(await page.locator('.needs-script').evaluateAll((all) => all.length)).toBeGreaterThan(3)
    for (const element of await page.locator('.needs-script').all()) expect(await element.isVisible()).toBe(false)
    await close()
  })

  it('lets one choose among several places', async () => {
    const { page, close } = await open()
    await send(page, '29091 Tiffany Drive, Southfield, MI 48034')
    await page.locator('.candidate').nth(1).click()
    await page.getByText('29091 TIFFANY DR W, SOUTHFIELD, MI 48034').first().waitFor()
    expect(await page.locator('.provider').count()).toBeGreaterThan(0)
    await close()
  })

  it('takes the address field by field', async () => {
    const { page, close } = await open()
    await page.getByRole('button', { name: 'Enter it field by field' }).click()
    await page.getByLabel('Street number and name').fill('29090 Tiffany Drive E')
    await page.getByLabel('City').fill('Southfield')
    await page.getByLabel('State').selectOption('MI')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('heading', { name: '4 providers report service here' }).waitFor()
    expect(await page.getByLabel('State').inputValue()).toBe('MI')
    await close()
  })

  it('asks for the unit of a building and answers with it', async () => {
    const { page, close } = await open()
    await send(page, '24520 Lodestar Road, Southfield, MI 48034')
    await page.getByLabel('Your unit').fill('2B')
    await page.getByRole('button', { name: 'Search with this unit' }).click()
    await page
      .getByText(/24520 LODESTAR RD (APT|#) 2B/)
      .first()
      .waitFor()
    await close()
  })

  it('waits for a slow agent, and says why there is no answer', async () => {
    const { page, close } = await open()
    await send(page, '4100 Slowpoke Lane, Southfield, MI 48034')
    await page.locator('.provider').first().waitFor()
    await send(page, '99999 Tiffany Drive E, Southfield, MI 48034')
    await page.getByText('29000 to 29199 TIFFANY DR E').waitFor()
    await close()
  })

  it('shows what was typed as text, whatever it looks like', async () => {
    const { page, close } = await open()
    const hostile = '1 <img src=x onerror=document.title="hit"> "Oak" </script>, 48034'
    await send(page, hostile)
    await page.getByRole('heading', { name: 'We could not find that address' }).waitFor()
    expect(await page.locator('#address').inputValue()).toBe(hostile)
    expect(await page.locator('main img').count()).toBe(0)
    await close()
  })

  it('speaks Spanish where it is asked to, and where the browser prefers it', async () => {
    const { page, close } = await world.open('/', { javaScriptEnabled: false, locale: 'es-US' })
    await page.getByRole('heading', { name: '¿Qué internet puedes tener de verdad?' }).waitFor()
    await page.getByRole('link', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'What internet can you really get?' }).waitFor()
    await close()
  })
})
