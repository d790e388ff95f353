import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, openPageWorld, PATIENTLY, search } from './page-world.ts'
import type { PageWorld } from './page-world.ts'

const EVERYTHING = '29090 Tiffany Drive E, Southfield, MI 48034'

describe.skipIf(!hasBrowser)('the answer on the page', PATIENTLY, () => {
  let world: PageWorld
  beforeAll(async () => {
    world = await openPageWorld()
  })
  afterAll(() => world.close())

  const names = (page: Page) => page.locator('.provider h3').allTextContents()

  it('draws the share of homes that a provider reports, and says it in words', async () => {
    const { page, close } = await world.open()
    await search(page, '101 Marigold Street, Southfield, MI 48034')
    const fiber = page.locator('.provider', { hasText: 'Motor City Fiber' })
    expect(await fiber.locator('.verdict').textContent()).toBe('Likely')
    expect(await fiber.locator('.share span').textContent()).toBe('Reported for 12 of the 13 homes in this block')
    expect(await fiber.locator('.share-filed').count()).toBe(12)
    expect(await fiber.locator('.share-open').count()).toBe(1)
    await close()
  })

  it('says the whole answer in a line for each provider, which leads to its card', async () => {
    const { page, close } = await world.open('/?lang=en', { viewport: { width: 360, height: 780 } })
    await search(page, EVERYTHING)
    const lines = page.locator('.glance-line')
    expect((await lines.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'Motor City Fiber Download up to 5 Gbps Upload up to 5 Gbps from $49.99/mo Available',
      'Great Lakes Cable Download up to 1.2 Gbps Upload up to 35 Mbps from $29.99/mo Available',
      'Huron Wireless Download up to 100 Mbps Upload up to 20 Mbps from $64.95/mo Available',
      'SkyArc Satellite Download up to 220 Mbps Upload up to 20 Mbps from $59/mo Available',
    ])
    for (const line of await lines.all()) {
      const { y = 0, height = 0 } = (await line.boundingBox()) ?? {}
      expect(y + height, 'in the first screen of a phone').toBeLessThanOrEqual(780)
    }
    await lines.nth(3).click()
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('SkyArc Satellite')
    await expect.poll(() => page.evaluate('document.activeElement.getBoundingClientRect().top')).toBeLessThan(400)
    await close()
  })

  it('folds order and filters up on a phone, and says how many filters are set', async () => {
    const { page, close } = await world.open('/?lang=en', { viewport: { width: 360, height: 780 } })
    await search(page, EVERYTHING)
    const button = page.getByRole('button', { name: /Sort and filter/ })
    expect(await button.getAttribute('aria-expanded')).toBe('false')
    expect(await page.locator('#sort').isVisible()).toBe(false)
    await button.click()
    await page.getByLabel('Wired only').check()
    await button.click()
    expect(await button.textContent()).toBe('Sort and filter (1)')
    expect(await names(page)).toEqual(['Motor City Fiber', 'Great Lakes Cable'])
    await close()
  })

  it("speaks Spanish on a plan's card, and marks the provider's own words as English", async () => {
    const { page, close } = await world.open('/?lang=es', {})
    await search(page, EVERYTHING)
    const plan = page.locator('.plan', { hasText: 'Farm & Home 50' })
    await plan.getByText('Datos del plan', { exact: true }).first().click()
    await plan.getByText('Este precio mensual requiere un contrato de 24 meses.').waitFor()
    await plan.getByText('$5.00 por cada 25 GB adicionales').waitFor()
    expect(await plan.locator('[lang=en]').allTextContents()).toEqual([
      'Radio rental',
      'Installation',
      '$15.00 for each month that is left',
    ])
    await close()
  })

  it('shows a plan with its price now and later, two years in total, and what is not stated', async () => {
    const { page, close } = await world.open()
    await search(page, EVERYTHING)
    const plan = page.locator('.plan', { hasText: 'Fiber 1 Gig' })
    expect(await plan.locator('.plan-price').textContent()).toBe('$49.99/mo$79.99/mo after 12 months')
    expect(await plan.locator('.plan-notes li').allTextContents()).toEqual([
      'Two years: at least $1,594.76',
      'No contract',
      'Data: Unlimited',
      'One-time fees: $35',
      '$10 off a month with AutoPay',
      'Not stated: taxes',
    ])
    await close()
  })

  it("opens a plan as a card in the order of the FCC's label, and says that it is not the provider's", async () => {
    const { page, close } = await world.open()
    await search(page, EVERYTHING)
    const plan = page.locator('.plan', { hasText: 'Fiber 1 Gig' })
    await plan.getByText('Plan facts', { exact: true }).first().click()
    const card = plan.locator('.label-card')
    expect(await card.locator('dt').allTextContents()).toEqual([
      'Monthly price',
      'Introductory rate',
      'Contract',
      'Provider monthly fees',
      'Activation fee',
      'Early termination fee',
      'Government taxes',
      'Discounts and bundles',
      'Typical download speed',
      'Typical upload speed',
      'Typical latency',
      'Data included with monthly price',
      'Charges for additional data usage',
      'Network management',
      'Privacy',
      'Customer support',
    ])
    await card.getByText('F0099000001FIBER1G').waitFor()
    await card.getByText('Not the provider’s own label').waitFor()
    await close()
  })

  it('says that no price is known of a provider without labels', async () => {
    const { page, close } = await world.open()
    await search(page, '29001 Tiffany Drive E, Southfield, MI 48034')
    const dsl = page.locator('.provider', { hasText: 'Heritage DSL' })
    await dsl.getByText('No price known').waitFor()
    await page.getByText('Prices of Heritage DSL.').waitFor()
    await close()
  })

  it('shows what a provider says itself beside what it reports, and holds out nothing that it refuses', async () => {
    const { page, close } = await world.open()
    await search(page, '29050 Tiffany Drive W, Southfield, MI 48034')
    const cable = page.locator('.provider', { hasText: 'Great Lakes Cable' })
    await cable.getByText('The provider itself says that it does not serve this address').waitFor()
    expect(await cable.locator('.verdict').textContent()).toBe('Disputed')
    expect(await cable.locator('.share span').textContent()).toContain('Reported for all 8 homes')
    await page
      .locator('.provider', { hasText: 'Heritage DSL' })
      .getByText('The provider itself says that it serves this address.')
      .waitFor()
    expect(await page.locator('.answer-summary').textContent()).not.toContain('Great Lakes Cable')
    await close()
  })

  it('explains the place of each provider by points that add up', async () => {
    const { page, close } = await world.open()
    await search(page, EVERYTHING)
    const provider = page.locator('.provider').first()
    await provider.locator('.why summary').click()
    const points = (await provider.locator('.rank td').allTextContents()).map((text) => Number.parseFloat(text))
    const sum = points.pop() ?? 0
    expect(points).toHaveLength(5)
    expect(Math.abs(points.reduce((total, next) => total + next, 0) - sum)).toBeLessThan(0.5)
    await close()
  })

  it('filters by wire, symmetry, contract, price and speed, tells how many are left, and takes filters back', async () => {
    const { page, close } = await world.open()
    await search(page, EVERYTHING)
    await page.getByLabel('Wired only').check()
    expect(await names(page)).toEqual(['Motor City Fiber', 'Great Lakes Cable'])
    expect(await page.locator('.listing [role=status]').textContent()).toContain('2 of 4 providers shown')
    await page.getByLabel('As fast up as down').check()
    expect(await names(page)).toEqual(['Motor City Fiber'])
    await page.getByRole('button', { name: 'Remove filters' }).click()
    await page.getByLabel('Price a month').selectOption({ label: 'Up to $50' })
    expect(await names(page)).toEqual(['Motor City Fiber', 'Great Lakes Cable'])
    await page.getByRole('button', { name: 'Remove filters' }).click()
    await page.getByLabel('Download speed').selectOption({ label: 'At least 1 Gbps' })
    expect(await names(page)).toEqual(['Motor City Fiber', 'Great Lakes Cable'])
    await page.getByRole('button', { name: 'Remove filters' }).click()
    await page.getByLabel('No contract').check()
    expect(await names(page)).not.toContain('Huron Wireless')
    await close()
  })

  it('sorts by price, speed and name, and back to the neutral order', async () => {
    const { page, close } = await world.open()
    await search(page, EVERYTHING)
    await page.getByLabel('Sort by').selectOption('price')
    expect((await names(page))[0]).toBe('Great Lakes Cable')
    await page.getByLabel('Sort by').selectOption('name')
    expect((await names(page)).at(-1)).toBe('SkyArc Satellite')
    await page.getByLabel('Sort by').selectOption('recommended')
    expect((await names(page))[0]).toBe('Motor City Fiber')
    await close()
  })

  it('compares up to four side by side in a table with headings to its rows and columns', async () => {
    const { page, close } = await world.open()
    await search(page, EVERYTHING)
    const boxes = page.locator('.plans > .plan-list .compare-toggle input')
    for (let index = 0; index < 4; index++) await boxes.nth(index).check()
    expect(await boxes.nth(4).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Compare side by side' }).click()
    const table = page.locator('.compare-table')
    expect(await table.getByRole('columnheader').count()).toBe(5)
    expect(await table.getByRole('rowheader', { name: 'Price now' }).count()).toBe(1)
    expect(await table.locator('tr', { hasText: 'Price now' }).locator('td').first().textContent()).toBe('$49.99/mo')
    await table.getByRole('button', { name: 'Remove Motor City Fiber Fiber 1 Gig' }).click()
    expect(await table.getByRole('columnheader').count()).toBe(4)
    await close()
  })

  it('goes over to Spanish and back with the answer in place', async () => {
    const { page, close } = await world.open()
    await search(page, EVERYTHING)
    await page.getByRole('link', { name: 'Español' }).click()
    await page.getByRole('heading', { name: '4 proveedores reportan servicio aquí' }).waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('es')
    await page.getByText('Reportado para los 9 hogares de esta parte de la manzana').first().waitFor()
    await page.getByRole('link', { name: 'English' }).click()
    await page.getByRole('heading', { name: '4 providers report service here' }).waitFor()
    await close()
  })

  it('follows the device into the dark, and keeps a choice of its own over a reload', async () => {
    const { page, close } = await world.open('/', { colorScheme: 'dark' })
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    expect(await background()).toBe('rgb(14, 21, 18)')
    await page.locator('.theme-choice summary').click()
    await page.getByRole('button', { name: 'Light' }).click()
    expect(await background()).toBe('rgb(246, 248, 245)')
    await page.reload()
    expect(await background()).toBe('rgb(246, 248, 245)')
    await close()
  })

  it('draws the streets, the hexagon and the point, and says the same in words', async () => {
    const { page, close } = await world.open()
    await search(page, EVERYTHING)
    await page.locator('.map-hexagon').waitFor()
    expect(await page.locator('.map-street-own').count()).toBe(1)
    expect(await page.locator('.map-block-side').count()).toBe(1)
    expect(await page.locator('.map-uncertainty').count()).toBe(1)
    await page.getByText('The map in words').click()
    await page.getByText('The address is on Tiffany Drive E. Streets around:').waitFor()
    const width = () => page.evaluate<number>("document.querySelector('.map-drawing').viewBox.baseVal.width")
    const before = await width()
    await page.getByRole('button', { name: 'Closer' }).click()
    expect(await width()).toBeLessThan(before)
    await close()
  })

  it('hands the answer out as text, link, CSV and JSON', async () => {
    const { page, context, close } = await world.open()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await search(page, EVERYTHING)
    const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()')
    await page.getByRole('button', { name: 'Copy as text' }).click()
    await page.getByText('Copied as text.').waitFor()
    expect(await clipboard()).toContain('Fiber · up to 5 Gbps / 5 Gbps · Available')
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByText('Link copied.').waitFor()
    expect(await clipboard()).toMatch(/\/\?lang=en#address=29090\+Tiffany/)

    const download = async (name: string) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
      return readFile(await file.path(), 'utf8')
    }
    const csv = (await download('CSV')).split('\r\n')
    expect(csv[0]).toMatch(/^service_address,provider,technology,/)
    expect(csv.filter((line) => line.includes('Motor City Fiber'))).toHaveLength(4)
    const json = JSON.parse(await download('JSON')) as { serviceAddress: string; providers: object[]; token?: string }
    expect(json.serviceAddress).toBe('29090 TIFFANY DR E, SOUTHFIELD, MI 48034')
    expect(json.providers).toHaveLength(4)
    expect(json.token).toBeUndefined()
    await close()
  })

  it('prints the answer without what only a screen needs, and with the plan facts', async () => {
    const { page, close } = await world.open()
    await search(page, EVERYTHING)
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.site-header').isVisible()).toBe(false)
    expect(await page.locator('.answer-actions').isVisible()).toBe(false)
    const facts = page.locator('.label-card')
    const plans = await facts.count()
    expect(plans).toBe(10)
    for (const card of await facts.all()) expect(await card.isVisible()).toBe(true)
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    await page.emulateMedia({ media: 'screen' })
    expect(await facts.first().isVisible()).toBe(false)
    await page.emulateMedia({ media: null })
    const pages = (await page.pdf({ format: 'Letter' })).toString('latin1').match(/\/Type \/Page\b/g)
    expect(pages?.length).toBeLessThan(plans)
    await close()
  })

  it('keeps saved plans in this browser, without the address', async () => {
    const { page, close } = await world.open()
    await search(page, EVERYTHING)
    const save = page.getByRole('button', { name: 'Save Fiber 1 Gig' })
    await save.click()
    expect(await save.getAttribute('aria-pressed')).toBe('true')
    const kept = await page.evaluate<string>('JSON.stringify({ ...localStorage })')
    expect(kept).toContain('hum-saved-plans')
    expect(kept).not.toMatch(/tiffany/i)
    await page.reload()
    await search(page, EVERYTHING)
    expect(await save.getAttribute('aria-pressed')).toBe('true')
    await close()
  })
})
