import { h, render } from 'preact'
import { createAccess } from '../api/access.ts'
import { createSend } from '../api/send.ts'
import { createWatch } from '../api/watch.ts'
import { EVERYTHING } from '../answer/listing.ts'
import { findCompared } from '../answer/compared-item.ts'
import type { Locale } from '../format.ts'
import { createPage } from '../page/create-page.ts'
import { everySecond } from '../page/every-second.ts'
import type { Page } from '../page/create-page.ts'
import { EMPTY_FORM } from '../page/page-state.ts'
import type { Answer } from '../search/search-stage.ts'
import { loadStrings } from '../strings/load-strings.ts'
import type { Words } from '../strings/load-strings.ts'
import { tellHost } from './tell-host.ts'
import { WidgetView } from './widget-view.ts'

const ASSETS = new URL('..', import.meta.url)

/**
 * `<hum-search token="…">`: the address search and its answer inside of another site's page.
 *
 * Attributes: `token`, a publishable API token; `lang`, `en` or `es`, else the language of the page around it;
 * `address`, to begin with; `theme`, `light` or `dark`, else as the page around it; `notify-origin`, see `tellHost`.
 * Colors and shape follow the custom properties at the top of `styles/01-colors.css`, set on the element.
 */
class HumSearch extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot === null) void this.#start(this.attachShadow({ mode: 'open' }))
  }

  async #start(root: ShadowRoot): Promise<void> {
    const locale = readLocale(this)
    const [words] = await Promise.all([loadStrings(locale), loadStyles(root)])
    const container = document.createElement('div')
    container.className = 'widget'
    root.append(container)
    const page = this.#createPage(root, container, { words, locale })
    drawWidget(page, container, words)
    const line = this.getAttribute('address')
    if (line !== null) await page.searchExample({ line })
  }

  #createPage(root: ShadowRoot, container: HTMLElement, { words, locale }: { words: Words; locale: Locale }): Page {
    const api = { origin: ASSETS.origin, access: createAccess(this.getAttribute('token') ?? '') }
    const page = createPage({
      send: createSend(api),
      watch: createWatch(api),
      initial: {
        locale,
        site: { origin: ASSETS.origin, isSandbox: false, dataSet: '', examples: [], attributions: [] },
        form: EMPTY_FORM,
        suggestions: { isOpen: false, items: [] },
        search: { stage: 'idle' },
        mapZoom: 1,
        listing: EVERYTHING,
        isListingOpen: false,
        compared: [],
        saved: [],
        notice: '',
        elapsedSeconds: 0,
      },
      draw: (current) => drawWidget(current, container, words),
      everySecond,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      focus: (id) => root.getElementById(id)?.focus(),
      onSearched: ({ token, serviceAddress, providers }) =>
        tellHost(this, 'humSearchCompleted', {
          sessionToken: token,
          serviceAddress,
          providers: providers.map(({ id, name }) => ({ id, name })),
        }),
      onSaved: (key, isSaved) =>
        tellHost(this, isSaved ? 'humPlanSaved' : 'humPlanUnsaved', describePlan(findAnswer(page), key)),
      onLeft: ({ id, name }) =>
        tellHost(this, 'humOrderCompleted', {
          orderId: crypto.randomUUID(),
          success: true,
          message: 'The website of the provider was opened.',
          provider: { id, name },
          timestamp: new Date().toISOString(),
        }),
    })
    return page
  }
}

function drawWidget(page: Page, container: HTMLElement, { t, format }: Words): void {
  render(h(WidgetView, { view: { page, state: page.state, t, format } }), container)
}

function findAnswer({ state: { search } }: Page): Answer | undefined {
  return search.stage === 'answered' ? search.answer : undefined
}

function describePlan(answer: Answer | undefined, key: string): object {
  const [item] = findCompared(answer?.providers ?? [], [key])
  return {
    plan: { key, name: item?.plan?.name, monthlyPriceCents: item?.plan?.firstMonthlyCents },
    provider: { id: item?.provider.id, name: item?.provider.name },
  }
}

function readLocale(element: Element): Locale {
  const language = element.closest('[lang]')?.getAttribute('lang') ?? navigator.language
  return language.toLowerCase().startsWith('es') ? 'es' : 'en'
}

/** Comes back when the styles are there, so that nothing is drawn without them; also when they cannot be loaded. */
function loadStyles(root: ShadowRoot): Promise<void> {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = new URL('styles.css', ASSETS).href
  return new Promise((resolve) => {
    link.addEventListener('load', () => resolve())
    link.addEventListener('error', () => resolve())
    root.append(link)
  })
}

if (customElements.get('hum-search') === undefined) customElements.define('hum-search', HumSearch)
