import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { LookUps } from '../../src/sessions/look-ups.ts'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const CHROMIUM = process.env['HUM_TEST_CHROMIUM'] ?? '/usr/bin/chromium'

/** Whether the page can be tried here; without a browser its tests are left out, and with CI=true that is a failure. */
export const hasBrowser = existsSync(CHROMIUM)

if (!hasBrowser) {
  const message = `No Chromium at ${CHROMIUM}: the tests of the page are left out. Install chromium.`
  if (process.env['CI'] === 'true') throw new Error(message)
  console.warn(message)
}

/** For suites of the page: a browser on a machine with other work takes its time, and no test is about that time. */
export const PATIENTLY = { timeout: 180_000 }

/** A server with the page, and a browser. */
export interface PageWorld {
  readonly app: TestApp
  readonly browser: Browser
  /** Where the page is: `http://127.0.0.1:…`. */
  readonly url: string
  /**
   * Opens the page in a new tab; `path` may hold a query and a fragment, or be an address of elsewhere. Tabs share one browser profile, as a person's
   * do; with `options` the tab has a profile of its own, that knows nothing yet.
   */
  open(path?: string, options?: BrowserContextOptions): Promise<OpenedPage>
  /** Serves HTML from another origin, as a site that embeds the widget. */
  serveHost(html: string): Promise<string>
  close(): Promise<void>
}

export interface OpenedPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Every URL that the browser asked for, the page's own too. */
  readonly requested: readonly string[]
  /** Errors of the page's scripts, and what the browser refused by policy. */
  readonly problems: readonly string[]
  close(): Promise<void>
}

export async function openPageWorld(lookUps?: (sandbox: LookUps) => LookUps): Promise<PageWorld> {
  const app = await openTestApp(lookUps === undefined ? {} : { lookUps })
  const url = await app.app.server.listen({ port: 0, host: '127.0.0.1' })
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    timeout: 120_000,
  })
  const hosts: ReturnType<typeof createServer>[] = []

  async function createContext(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    context.setDefaultTimeout(60_000)
    return context
  }

  const usual = await createContext({})

  async function open(path = '/?lang=en', options?: BrowserContextOptions): Promise<OpenedPage> {
    const context = options === undefined ? usual : await createContext(options)
    const page = await context.newPage()
    const requested: string[] = []
    const problems: string[] = []
    page.on('request', (request) => requested.push(request.url()))
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy|violates/.test(message.text())) problems.push(message.text())
    })
    await page.goto(path.startsWith('/') ? url + path : path, { waitUntil: 'load' })
    return { page, context, requested, problems, close: () => (context === usual ? page.close() : context.close()) }
  }

  return {
    app,
    browser,
    url,
    open,
    serveHost: async (html) => {
      const host = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html))
      hosts.push(host)
      await new Promise<void>((resolve) => host.listen(0, 'localhost', resolve))
      return `http://localhost:${(host.address() as AddressInfo).port}/`
    },
    close: async () => {
      await browser.close()
      for (const host of hosts) host.close()
      await app.close()
    },
  }
}

/** Types an address into the one-line search and sends it; comes back when the search has ended in some way. */
export async function search(page: Page, line: string, unit?: string): Promise<void> {
  await page.locator('#address').fill(line)
  if (unit !== undefined) await page.locator('#unit').fill(unit)
  await page.locator('.search-button').click()
  await page.locator('.answer, .notice, .choice').first().waitFor()
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds wrong with the page as it stands, one line for each rule and element; of all rules, or of some. */
export async function findAccessibilityProblems(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axeSource)
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }
  return page.evaluate<string[]>(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all }) =>
      id + ' at ' + target.join(' ') + ': ' + [...any, ...all].map(({ message }) => message).join('; '))))`)
}
