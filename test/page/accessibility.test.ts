import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findAccessibilityProblems, hasBrowser, openPageWorld, PATIENTLY, search } from './page-world.ts'
import type { PageWorld } from './page-world.ts'

/** Every state of the page, by what leads to it. */
const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  start: async () => undefined,
  suggestions: async (page) => {
    await page.locator('#address').pressSequentially('290 tif')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
  },
  fields: (page) => page.locator('.search-below > button').click(),
  answer: async (page) => {
    await search(page, '29090 Tiffany Drive E, Southfield, MI 48034')
    await page.locator('.map-drawing').waitFor()
  },
  'everything opened, four compared': async (page) => {
    await search(page, '29090 Tiffany Drive E, Southfield, MI 48034')
    await page.evaluate("for (const details of document.querySelectorAll('main details')) details.open = true")
    for (let index = 0; index < 4; index++) await page.locator('.compare-toggle input').nth(index).check()
    await page.locator('.filter-check input').first().check()
  },
  'no provider passes': async (page) => {
    await search(page, '29090 Tiffany Drive E, Southfield, MI 48034')
    await page.locator('.filter-check input').nth(1).check()
    await page.locator('#max-price').selectOption('3000')
    await page.locator('.provider').waitFor({ state: 'detached' })
  },
  'a provider contradicts its report': (page) => search(page, '29050 Tiffany Drive W, Southfield, MI 48034'),
  'unit asked': (page) => search(page, '24520 Lodestar Road, Southfield, MI 48034'),
  'several places': (page) => search(page, '29091 Tiffany Drive, Southfield, MI 48034'),
  'not found': (page) => search(page, '99999 Tiffany Drive E, Southfield, MI 48034'),
  incomplete: async (page) => {
    await search(page, 'Tiffany')
    await page.locator('.completions').waitFor()
  },
  'corrected, on a phone': async (page) => {
    await page.setViewportSize({ width: 360, height: 780 })
    await search(page, '29090 Tiffany Drive E, Southfield, OH 48034')
    await page.locator('.corrected').waitFor()
    await page.locator('.listing-open').click()
  },
  'nobody serves': (page) => search(page, '10 Silent Pines Trail, Holly, MI 48442'),
  working: async (page) => {
    // No word of the agents comes, so that the state stays for as long as it is looked at.
    await page.route(/\/(?:events|internet)$/, () => undefined)
    await page.locator('#address').fill('4100 Slowpoke Lane, Southfield, MI 48034')
    await page.locator('.search-button').click()
    await page.locator('.agent-done').waitFor()
  },
}

describe.skipIf(!hasBrowser)('the page for everybody', PATIENTLY, () => {
  let world: PageWorld
  beforeAll(async () => {
    world = await openPageWorld()
  })
  afterAll(() => world.close())

  it.each(Object.keys(STATES))(
    'has nothing that axe finds wrong, in both languages, light and dark: %s',
    async (state) => {
      const { page, problems, close } = await world.open()
      await STATES[state]?.(page)
      for (const language of ['en', 'es']) {
        if (language === 'es') await page.evaluate("document.querySelector('.language').click()")
        await page.locator(`html[lang=${language}]`).waitFor()
        await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' })
        expect(await findAccessibilityProblems(page), `${language}, light`).toEqual([])
        await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' })
        // What is not a matter of color is the same in the dark.
        expect(await findAccessibilityProblems(page, ['color-contrast']), `${language}, dark`).toEqual([])
      }
      expect(problems).toEqual([])
      await close()
    },
  )

  it('has nothing that axe finds wrong on the quick start', async () => {
    const { page, close } = await world.open('/quick-start?lang=en')
    await page.getByRole('button', { name: 'Run' }).first().click()
    await page.getByText(/Status 201/).waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await close()
  })

  it('names the search field, its list and its state for screen readers, and announces counts and "nothing"', async () => {
    const { page, close } = await world.open()
    const field = page.getByRole('combobox', { name: 'Street address' })
    const status = page.locator('#address-status')
    expect(await field.getAttribute('aria-expanded')).toBe('false')
    expect(await field.getAttribute('aria-autocomplete')).toBe('list')
    expect(await field.getAttribute('autocomplete')).toBe('off')
    expect(await status.getAttribute('role')).toBe('status')
    await field.focus()
    expect(await status.textContent()).toBe('')

    await field.pressSequentially('290 tif')
    const list = page.getByRole('listbox', { name: 'Matching addresses' })
    await list.waitFor()
    expect(await field.getAttribute('aria-expanded')).toBe('true')
    expect(await field.getAttribute('aria-controls')).toBe(await list.getAttribute('id'))
    const options = list.getByRole('option')
    const count = await options.count()
    await expect.poll(() => status.textContent()).toBe(`${count} suggestions. Use the up and down arrow keys.`)
    expect(await field.getAttribute('aria-activedescendant')).toBeNull()

    await page.keyboard.press('ArrowDown')
    expect(await field.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'))
    expect(await options.first().getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('ArrowUp')
    expect(await field.getAttribute('aria-activedescendant')).toBeNull()
    await page.keyboard.press('ArrowUp')
    expect(await field.getAttribute('aria-activedescendant')).toBe(await options.last().getAttribute('id'))
    await page.keyboard.press('Escape')
    expect(await field.getAttribute('aria-expanded')).toBe('false')
    expect(await field.inputValue()).toBe('290 tif')

    await field.fill('12 zzqqxxyy')
    await expect.poll(() => status.textContent()).toContain('No matching address in the list')
    await close()
  })

  it('can be used from search to comparison with the keyboard alone', async () => {
    const { page, close } = await world.open()
    const focused = () =>
      page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.trim()')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to content')
    for (let presses = 0; (await focused()) !== 'address' && presses < 12; presses++) await page.keyboard.press('Tab')
    await page.keyboard.type('29090 tif')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.locator('.provider').first().waitFor()
    await expect.poll(focused).toBe('outcome-heading')

    const isOnCompare = () => page.evaluate<boolean>("document.activeElement.matches('.compare-toggle input')")
    let chosen = 0
    for (let presses = 0; chosen < 2 && presses < 60; presses++) {
      await page.keyboard.press('Tab')
      if (!(await isOnCompare())) continue
      await page.keyboard.press('Space')
      chosen++
    }
    const onButton = () => page.evaluate<boolean>("document.activeElement.textContent === 'Compare side by side'")
    for (let presses = 0; !(await onButton()) && presses < 80; presses++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('compare-heading')
    await close()
  })

  it.each([320, 360, 768, 1440])('never scrolls sideways at %i pixels, as wide as 400 % zoom leaves', async (width) => {
    const { page, close } = await world.open('/?lang=es', { viewport: { width, height: 700 } })
    const overflow = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    expect(await overflow()).toBeLessThanOrEqual(0)
    await search(page, '29090 Tiffany Drive E, Southfield, MI 48034')
    await page.evaluate("for (const details of document.querySelectorAll('main details')) details.open = true")
    for (let index = 0; index < 4; index++) await page.locator('.compare-toggle input').nth(index).check()
    expect(await overflow()).toBeLessThanOrEqual(0)
    await close()
  })

  it('stands still for those who asked their device for less motion', async () => {
    const { page, close } = await world.open('/', { reducedMotion: 'reduce' })
    await STATES['working']?.(page)
    const duration = await page.evaluate<string>(
      "getComputedStyle(document.querySelector('.skeleton')).animationDuration",
    )
    expect(Number.parseFloat(duration)).toBeLessThan(0.01)
    await close()
  })
})
