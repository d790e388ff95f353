import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import { findAccessibilityProblems, hasBrowser, openPageWorld, PATIENTLY } from './page-world.ts'
import type { OpenedPage, PageWorld } from './page-world.ts'

interface HostMessage {
  readonly from: 'dom' | 'message'
  readonly type: string
  readonly data: { readonly [name: string]: unknown }
}

describe.skipIf(!hasBrowser)('the widget in a foreign page', PATIENTLY, () => {
  let world: PageWorld
  let host: string
  beforeAll(async () => {
    world = await openPageWorld()
    host = await world.serveHost(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Maple Realty</title>
      <style>p, button { color: red; font-size: 40px }</style><main><h1>12 Maple Court</h1>
      <hum-search token="hum_test_sandbox" style="--accent: rgb(122, 46, 31)"></hum-search></main>
      <script src="${world.url}/widget.js"></script></html>`)
  })
  afterAll(() => world.close())

  async function openHost(): Promise<OpenedPage> {
    const opened = await world.open('about:blank', {})
    await opened.page.addInitScript(`window.heard = []
      addEventListener('message', ({ data }) => heard.push({ from: 'message', ...data }))
      for (const type of ['humSearchCompleted', 'humPlanSaved', 'humPlanUnsaved', 'humOrderCompleted'])
        addEventListener(type, ({ detail }) => heard.push({ from: 'dom', type, data: detail }))`)
    await opened.page.goto(host)
    return opened
  }

  it('searches with a publishable token, and tells the host by event and by message', async () => {
    const { page, context, problems, requested, close } = await openHost()
    const heard = () => page.evaluate<HostMessage[]>('window.heard')
    await page.locator('#address').pressSequentially('29090 tif')
    await page.getByRole('option').first().click()
    await page.locator('#address').press('Enter')
    await page.getByRole('heading', { name: '4 providers report service here' }).waitFor()
    const save = page.getByRole('button', { name: 'Save Fiber 1 Gig' })
    await save.click()
    await save.click()
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Visit website of Motor City Fiber' }).click(),
    ])
    await opened.close()
    const types = ['humSearchCompleted', 'humPlanSaved', 'humPlanUnsaved', 'humOrderCompleted']
    await expect.poll(async () => (await heard()).length).toBe(8)
    for (const from of ['dom', 'message']) {
      expect((await heard()).filter((message) => message.from === from).map(({ type }) => type)).toEqual(types)
    }
    const [completed, saved] = await heard().then((all) => all.filter(({ from }) => from === 'message'))
    expect(completed?.data['serviceAddress']).toBe('29090 TIFFANY DR E, SOUTHFIELD, MI 48034')
    expect(saved?.data['plan']).toMatchObject({ name: 'Fiber 1 Gig', monthlyPriceCents: 4999 })
    const ordered = (await heard()).findLast(({ type }) => type === 'humOrderCompleted')
    expect(ordered?.data).toMatchObject({ success: true, provider: { name: 'Motor City Fiber' } })
    const origins = new Set(requested.filter((url) => url.startsWith('http')).map((url) => new URL(url).origin))
    expect([...origins].filter((origin) => !origin.includes('motorcityfiber')).toSorted()).toEqual(
      [new URL(host).origin, world.url].toSorted(),
    )
    expect(problems).toEqual([])
    await close()
  })

  it('completes and searches with a token that only pages of its origin may use', async () => {
    const publishable = await createApiToken(
      { tokens: world.app.state.tokens, clock: () => world.app.now },
      { name: 'host', kind: 'test', origins: [new URL(host).origin] },
    )
    const { page, close } = await openHost()
    await page.evaluate(`document.querySelector('hum-search').remove();
      document.querySelector('main').insertAdjacentHTML('beforeend', '<hum-search token="${publishable.secret}"></hum-search>')`)
    await page.locator('#address').pressSequentially('24520 lodes')
    await page.getByRole('option').first().waitFor()
    await page.locator('#address').fill('24520 Lodestar Road Apt 2B, Southfield, MI 48034')
    await page.locator('#address').press('Enter')
    await page.getByText('24520 LODESTAR RD APT 2B').waitFor()
    await close()
  })

  it('keeps its own look whatever the host styles, and takes the colors that the host gives it', async () => {
    const { page, close } = await openHost()
    await page.locator('.search-button').waitFor()
    const style = (name: string) =>
      page.evaluate<string>(
        `getComputedStyle(document.querySelector('hum-search').shadowRoot.querySelector('.search-button'))['${name}']`,
      )
    expect(await style('backgroundColor')).toBe('rgb(122, 46, 31)')
    expect(await style('fontSize')).toBe('17px')
    await close()
  })

  it('has nothing that axe finds wrong', async () => {
    const { page, close } = await openHost()
    await page.locator('#address').fill('101 Marigold Street, Southfield, MI 48034')
    await page.locator('#address').press('Enter')
    await page.locator('.provider').first().waitFor()
    expect(await findAccessibilityProblems(page)).toEqual([])
    await close()
  })
})
