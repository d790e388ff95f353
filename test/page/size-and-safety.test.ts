import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, openPageWorld, PATIENTLY, search } from './page-world.ts'
import type { PageWorld } from './page-world.ts'

const EVERYTHING = '29090 Tiffany Drive E, Southfield, MI 48034'
const MOST_SCRIPT_BYTES = 60_000

/** Notes when the first card is put into the page, and each layout shift with what moved from where to where. */
const WATCH_SHIFTS = `globalThis.firstCardAt = 0
  globalThis.shifts = []
  new MutationObserver(() => {
    if (firstCardAt === 0 && document.querySelector('.provider')) firstCardAt = performance.now()
  }).observe(document, { subtree: true, childList: true })
  new PerformanceObserver((list) => {
    for (const { startTime, value, sources } of list.getEntries()) {
      const moved = sources.map(({ node, previousRect, currentRect }) =>
        [node?.nodeName, node?.className, previousRect.x, previousRect.y, '→', currentRect.x, currentRect.y].join(' '))
      shifts.push({ time: startTime, value, moved })
    }
  }).observe({ type: 'layout-shift', buffered: true })`

/** Comes back when what stood in the page before has been painted and reported. */
const TWO_FRAMES = `new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100))))`

describe.skipIf(!hasBrowser)('the page is small and safe', PATIENTLY, () => {
  let world: PageWorld
  beforeAll(async () => {
    world = await openPageWorld()
  })
  afterAll(() => world.close())

  it('asks nothing of any other origin, and runs no script but its own files', async () => {
    const { page, requested, problems, close } = await world.open('/?lang=en', {})
    await search(page, EVERYTHING)
    await page.locator('.map-drawing').waitFor()
    expect(requested.filter((url) => !url.startsWith(`${world.url}/`))).toEqual([])
    expect(problems).toEqual([])
    const { headers } = await world.app.app.server.inject('/')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe')
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['cache-control']).toBe('no-store')
    await close()
  })

  it('is refused an inline script by its own policy', async () => {
    const { page, problems, close } = await world.open('/?lang=en', {})
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = 1' }))`,
    )
    await expect.poll(() => problems.length).toBeGreaterThan(0)
    expect(await page.evaluate('window.ran')).toBeUndefined()
    await close()
  })

  it(`loads at most ${MOST_SCRIPT_BYTES / 1000} kB of compressed JavaScript at first`, async () => {
    const { page, requested, close } = await world.open('/?lang=en', {})
    await page.waitForLoadState('networkidle')
    const scripts = [...new Set(requested.filter((url) => /\.(?:ts|mjs|js)$/.test(url)))]
    expect(scripts.map((url) => url.replace(/.*[/]/, '')).toSorted()).toEqual([
      'en.ts',
      'main.ts',
      'preact.mjs',
      'theme.ts',
    ])
    let bytes = 0
    for (const url of scripts) {
      const asset = await world.app.app.server.inject({
        url: new URL(url).pathname,
        headers: { 'accept-encoding': 'gzip' },
      })
      expect(gunzipSync(asset.rawPayload).length).toBeGreaterThan(0)
      bytes += asset.rawPayload.length
    }
    console.log(`JavaScript of the first load: ${bytes} bytes with gzip, in ${scripts.length} files.`)
    expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES)
    await close()
  })

  it.each([360, 768, 1280])(
    'shifts nothing from the first card of an answer on, whatever comes late, at %i pixels',
    async (width) => {
      const { page, context, close } = await world.open('about:blank', { viewport: { width, height: 1000 } })
      await page.addInitScript(WATCH_SHIFTS)
      const cdp = await context.newCDPSession(page)
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 3 })
      const late = Promise.withResolvers<void>()
      await page.route(/\/map$|\/logo/, async (route) => {
        await late.promise
        await route.continue()
      })
      await page.goto(`${world.url}/?lang=en`)
      await search(page, EVERYTHING)
      await page.locator('.provider').first().waitFor()
      await page.evaluate(TWO_FRAMES)
      late.resolve()
      await page.locator('.map-drawing').waitFor()
      await page.waitForLoadState('networkidle')
      await page.evaluate(TWO_FRAMES)
      expect(await page.evaluate('firstCardAt > 0')).toBe(true)
      expect(await page.evaluate('shifts.filter(({ time }) => time >= firstCardAt)')).toEqual([])
      await close()
    },
  )

  it('serves its files compressed, for ever where the path names their version', async () => {
    const { server } = world.app.app
    const html = (await server.inject('/')).body
    const [path = ''] = /\/assets\/[0-9a-f]+\/main\.ts/.exec(html) ?? []
    const script = await server.inject({ url: path, headers: { 'accept-encoding': 'br, gzip' } })
    expect(script.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect((await server.inject(path.replace(/[0-9a-f]{12}/, 'older'))).headers['cache-control']).toBe('no-cache')
    expect((await server.inject(path.replace('main.ts', 'server/page-renderer.ts'))).statusCode).toBe(404)
    expect((await server.inject(path.replace('main.ts', '..%2f..%2fpackage.json'))).statusCode).toBe(404)
  })

  it('gives each page a token of its own, whose sessions no other page sees', async () => {
    const { server } = world.app.app
    const tokenOf = async () => /hum_page_[^"]+/.exec((await server.inject('/')).body)?.[0] ?? ''
    const [one, other] = [await tokenOf(), await tokenOf()]
    const as = (token: string) => ({ authorization: `Bearer ${token}` })
    const created = await server.inject({
      method: 'POST',
      url: '/sessions',
      headers: as(one),
      payload: { street1: '29090 Tiffany Drive E', zip: '48034' },
    })
    const { session_token: session } = created.json<{ meta: { session_token: string } }>().meta
    expect((await server.inject({ url: `/sessions/${session}/map`, headers: as(one) })).statusCode).toBe(200)
    expect((await server.inject({ url: `/sessions/${session}/map`, headers: as(other) })).statusCode).toBe(404)
    expect((await server.inject({ url: `/sessions/${session}`, headers: as(`${one}x`) })).statusCode).toBe(401)
  })
})
