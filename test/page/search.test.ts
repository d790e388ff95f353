import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, openPageWorld, PATIENTLY, search } from './page-world.ts'
import type { PageWorld } from './page-world.ts'

const SLOW = '4100 Slowpoke Lane, Southfield, MI 48034'

describe.skipIf(!hasBrowser)('the search on the page', PATIENTLY, () => {
  let world: PageWorld
  beforeAll(async () => {
    world = await openPageWorld()
  })
  afterAll(() => world.close())

  it('completes what is typed, takes a completion by keyboard, and finds who serves it', async () => {
    const { page, close } = await world.open()
    await page.locator('#address').pressSequentially('29090 tif')
    await page.getByRole('option', { name: '29090 Tiffany Dr E, Southfield, MI 48034' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.locator('#address').inputValue()).toBe('29090 Tiffany Dr E, Southfield, MI 48034')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '4 providers report service here' }).waitFor()
    expect(await page.locator('.provider h3').allTextContents()).toEqual([
      'Motor City Fiber',
      'Great Lakes Cable',
      'Huron Wireless',
      'SkyArc Satellite',
    ])
    await close()
  })

  it('takes a whole address that is pasted, unit and all, and keeps it as it was written', async () => {
    const { page, close } = await world.open()
    await search(page, '24520 lodestar road apt 2b, southfield mi 48034')
    await page.getByText('24520 LODESTAR RD APT 2B, SOUTHFIELD, MI 48034').waitFor()
    expect(await page.locator('#address').inputValue()).toBe('24520 lodestar road apt 2b, southfield mi 48034')
    await close()
  })

  it('never erases a unit: not when a completion is picked, not when the form is changed, not after the answer', async () => {
    const { page, close } = await world.open()
    await page.locator('#unit').fill('Apt 2B')
    await page.locator('#address').pressSequentially('24520 lodes')
    await page.getByRole('option').first().click()
    expect(await page.locator('#unit').inputValue()).toBe('Apt 2B')
    await page.locator('.search-button').click()
    await page.getByText('24520 LODESTAR RD APT 2B').waitFor()
    expect(await page.locator('#unit').inputValue()).toBe('Apt 2B')
    await page.getByRole('button', { name: 'Enter it field by field' }).click()
    expect(await page.locator('#unit').inputValue()).toBe('Apt 2B')
    await close()
  })

  it('asks for the unit of a building, answers for the building meanwhile, and then for the unit', async () => {
    const { page, close } = await world.open()
    await search(page, '24520 Lodestar Road, Southfield, MI 48034')
    await page.getByText('This building has several units').waitFor()
    expect(await page.locator('.provider').count()).toBe(4)
    await page.getByLabel('Your unit').fill('2B')
    await page.getByRole('button', { name: 'Search with this unit' }).click()
    await page.getByText('24520 LODESTAR RD # 2B').or(page.getByText('24520 LODESTAR RD APT 2B')).waitFor()
    expect(await page.getByText('This building has several units').count()).toBe(0)
    await close()
  })

  it('shows the places that an address fits, sets off what differs, and goes on with the one chosen', async () => {
    const { page, close } = await world.open()
    await search(page, '29091 Tiffany Drive, Southfield, MI 48034')
    await page.getByRole('heading', { name: 'The address fits 2 places' }).waitFor()
    expect(await page.locator('.candidate mark').allTextContents()).toEqual(['E', 'W'])
    await page.locator('.map-drawing .map-street').first().waitFor({ state: 'attached' })
    await page.locator('.candidate').nth(1).click()
    await page.getByText('29091 TIFFANY DR W, SOUTHFIELD, MI 48034').waitFor()
    expect(await page.locator('.provider h3').allTextContents()).toContain('Motor City Fiber')
    await close()
  })

  it.each([
    ['99999 Tiffany Drive E, Southfield, MI 48034', 'that number is not on it', '29000 to 29199 TIFFANY DR E'],
    ['1 Nowhere Boulevard, Southfield, MI 48034', 'We know no such street there', undefined],
    ['PO Box 123, Southfield, MI 48034', 'A PO box has no internet line', undefined],
    ['12 Oak', 'Add a ZIP code, or the city and the state', undefined],
    ['48034', 'A ZIP code alone names thousands of homes', undefined],
    ['Tiffany', 'Add the number of the house or building', 'Tiffany Dr E, Southfield, MI 48034'],
    ['PO Box 12', 'A PO box has no internet line', undefined],
    ['29090 Tiffany Drive E', 'Add a ZIP code', '29090 Tiffany Dr E, Southfield, MI 48034'],
    ['10 Silent Pines Trail, Holly, MI 48442', 'No provider has told the FCC', undefined],
    ['4300 Broken Lane, Southfield, MI 48034', 'Something went wrong on the server', undefined],
    ['4400 Broken Lane, Southfield, MI 48034', 'Something went wrong on the server', undefined],
  ])('says of %s why there is no answer', async (line, reason, suggestion) => {
    const { page, close } = await world.open()
    await search(page, line)
    await page.getByText(reason).waitFor()
    if (suggestion !== undefined) await page.getByText(suggestion).waitFor()
    expect(await page.locator('#address').inputValue()).toBe(line)
    await close()
  })

  it('shows what the sandbox holds where it does not hold the address, and searches for it', async () => {
    const { page, close } = await world.open()
    await search(page, '12 Main St, Bangor, ME 04401')
    await page.getByText('That area is not part of the data on this server').waitFor()
    await page.getByRole('button', { name: /^Satellite only/ }).click()
    await page.getByRole('heading', { name: '1 provider reports service here' }).waitFor()
    expect(await page.getByText('Try an address').count()).toBe(0)
    await close()
  })

  it('tells how far the agents are while a slow one works, and then shows what it found', async () => {
    const { page, close } = await world.open()
    const late = Promise.withResolvers<void>()
    await page.route(/\/(?:events|internet)$/, async (route) => {
      await late.promise
      await route.continue()
    })
    await page.locator('#address').fill(SLOW)
    await page.keyboard.press('Enter')
    await page.getByText('Address found').waitFor()
    await page.getByText('Asking who serves it').waitFor()
    await page.getByText(/^[3-9] seconds so far/).waitFor()
    late.resolve()
    await page.locator('.provider').first().waitFor()
    await close()
  })

  it('offers what an incomplete line may have meant: searches an address, puts a street into the field', async () => {
    const { page, close } = await world.open()
    await search(page, 'Tiffany')
    await page.getByRole('button', { name: 'Tiffany Dr W, Southfield, MI 48034' }).click()
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('address')
    expect(await page.locator('#address').inputValue()).toBe('Tiffany Dr W, Southfield, MI 48034')
    await search(page, '29090 Tiffany Drive E')
    await page.getByRole('button', { name: '29090 Tiffany Dr E, Southfield, MI 48034' }).click()
    await page.locator('.provider').first().waitFor()
    await close()
  })

  it('says at the top which part of the address is not as it was written', async () => {
    const { page, close } = await world.open()
    await search(page, '29090 Tiffany Drive E, Southfield, OH 48034')
    await page.getByText('Not quite what you wrote: we changed the state.').waitFor()
    await search(page, '29090 Tiffany Drive E, Southfield, MI 48034')
    await page.getByText('Not quite what you wrote').waitFor({ state: 'detached' })
    await close()
  })

  it('searches an example of the sandbox at a press', async () => {
    const { page, close } = await world.open()
    await page.getByRole('button', { name: 'Satellite only' }).click()
    await page.getByText('Only satellite is reported here').waitFor()
    await close()
  })

  it('searches by fields, and fills them from the line that was typed before', async () => {
    const { page, close } = await world.open()
    await search(page, '1 Nowhere Boulevard, Southfield, MI 48034')
    await page.getByRole('button', { name: 'Check each field' }).click()
    await page.locator('#street').fill('29090 Tiffany Drive E')
    expect(await page.locator('#city').inputValue()).toBe('SOUTHFIELD')
    expect(await page.locator('#state').inputValue()).toBe('MI')
    await page.locator('.search-button').click()
    await page.locator('.provider').first().waitFor()
    await close()
  })

  it('repeats a search from its link without the address reaching any URL that is asked for', async () => {
    const { page, requested, close } = await world.open('/?lang=en#address=29090+Tiffany+Drive+E%2C+48034')
    await page.locator('.provider').first().waitFor()
    await page.locator('.map-drawing').waitFor()
    const asked = requested.map((url) => url.split('#')[0])
    expect(asked.length).toBeGreaterThan(5)
    expect(asked.filter((url) => /tiffany|29090|48034/i.test(url ?? ''))).toEqual([])
    expect(world.app.log.filter((line) => /tiffany/i.test(line))).toEqual([])
    await close()
  })

  const askedForState = (requested: readonly string[]) =>
    requested.filter((url) => /\/sessions\/[^/]+(?:\/services\/internet)?$/.test(url)).length

  it('watches a slow search, and asks for what was found once it is told', async () => {
    const { page, requested, close } = await world.open()
    await search(page, SLOW)
    await page.locator('.provider').first().waitFor()
    expect(requested.filter((url) => url.endsWith('/events'))).toHaveLength(1)
    expect(askedForState(requested)).toBe(1)
    await close()
  })

  it('asks for the agents where it cannot watch them', async () => {
    const { page, requested, close } = await world.open()
    await page.route(/\/events$/, (route) => route.abort())
    await search(page, SLOW)
    await page.locator('.provider').first().waitFor()
    expect(askedForState(requested)).toBeGreaterThan(0)
    await close()
  })

  it.each([404, 410])('searches once more where the session is gone in the middle: %i', async (status) => {
    const { page, requested, close } = await world.open()
    await page.route(/\/services\/internet$/, (route) => route.fulfill({ status, json: {} }), { times: 1 })
    await search(page, SLOW)
    await page.locator('.provider').first().waitFor()
    expect(requested.filter((url) => url.endsWith('/sessions'))).toHaveLength(2)
    await close()
  })

  it('gets a new token where its own is not good any more, as after a night', async () => {
    const { page, close } = await world.open()
    await page.route(/\/sessions$/, (route) => route.fulfill({ status: 401, json: {} }), { times: 1 })
    await search(page, '29090 Tiffany Drive E, Southfield, MI 48034')
    await page.locator('.provider').first().waitFor()
    await close()
  })

  it('searches once, however often the button is pressed', async () => {
    const { page, requested, close } = await world.open()
    await page.locator('#address').fill(SLOW)
    for (let presses = 0; presses < 3; presses++) await page.locator('.search-button').click()
    await page.locator('.provider').first().waitFor()
    expect(requested.filter((url) => url.endsWith('/sessions'))).toHaveLength(1)
    await close()
  })

  it('goes back and forward among searches, survives a reload, and keeps addresses out of its URL', async () => {
    const { page, close } = await world.open()
    await search(page, '29090 Tiffany Drive E, Southfield, MI 48034')
    await search(page, '10 Silent Pines Trail, Holly, MI 48442')
    await page.getByRole('heading', { name: 'Nobody reports service here' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: '4 providers report service here' }).waitFor()
    expect(await page.locator('#address').inputValue()).toBe('29090 Tiffany Drive E, Southfield, MI 48034')
    await page.goForward()
    await page.getByRole('heading', { name: 'Nobody reports service here' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Nobody reports service here' }).waitFor()
    expect(await page.locator('#address').inputValue()).toBe('10 Silent Pines Trail, Holly, MI 48442')
    expect(page.url()).toBe(`${world.url}/?lang=en`)
    await page.locator('.skip').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/#main$/)
    await page.getByRole('heading', { name: 'Nobody reports service here' }).waitFor()
    for (let steps = 0; steps < 3; steps++) await page.goBack()
    await page.getByRole('heading', { name: 'What internet can you really get?' }).waitFor()
    await page.locator('.examples').waitFor()
    await close()
  })

  it('says so when the server is out of reach, and goes on when it is back', async () => {
    const { page, context, close } = await world.open()
    await context.setOffline(true)
    await search(page, '29090 Tiffany Drive E, Southfield, MI 48034')
    await page.getByText('The server cannot be reached').waitFor()
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('.provider').first().waitFor()
    await close()
  })
})
