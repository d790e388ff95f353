import { h, hydrate, render } from 'preact'
import { createAccess } from './api/access.ts'
import { createSend } from './api/send.ts'
import { createWatch } from './api/watch.ts'
import { readSearchLink } from './answer/hand-out.ts'
import type { Locale } from './format.ts'
import { createPage } from './page/create-page.ts'
import { everySecond } from './page/every-second.ts'
import type { Page } from './page/create-page.ts'
import type { AddressForm, PageState } from './page/page-state.ts'
import { PageView } from './page/page-view.ts'
import { readSaved, writeSaved } from './page/saved-plans.ts'
import { loadStrings } from './strings/load-strings.ts'
import type { Words } from './strings/load-strings.ts'

/** What the server left in the page for this script. */
interface Handover {
  readonly token: string
  readonly state: PageState
}

const root = document.getElementById('app')
const handover = document.getElementById('handover')?.textContent
if (root && handover) await start(root, JSON.parse(handover) as Handover)

/** Takes over the page that the server drew. */
async function start(container: HTMLElement, { token, state }: Handover): Promise<void> {
  const words = new Map<Locale, Words>([[state.locale, await loadStrings(state.locale)]])
  const viewOf = (page: Page) => {
    const { t, format } = words.get(page.state.locale) ?? [...words.values()][0]!
    return h(PageView, { view: { page, state: page.state, t, format } })
  }
  const api = { origin: '', access: createAccess(token, fetchToken) }
  const page = createPage({
    send: createSend(api),
    watch: createWatch(api),
    initial: { ...state, form: { ...state.form, ...readTyped(container) } },
    draw: (current) => render(viewOf(current), container),
    everySecond,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    focus: (id) => focusOn(id),
    loadLocale: async (locale) => {
      words.set(locale, await loadStrings(locale))
      document.documentElement.lang = locale
      document.title = words.get(locale)?.t.title ?? document.title
      history.replaceState(history.state, '', `?lang=${locale}${location.hash}`)
    },
    onSearching: (form) => history.pushState({ form } satisfies Kept, '', location.pathname + location.search),
    onSaved: () => writeSaved(page.state.saved),
  })
  hydrate(viewOf(page), container)
  page.change({ saved: readSaved() })

  globalThis.addEventListener('popstate', ({ state: kept }) => {
    const form = readSearched(kept, page.state.form)
    // A jump within the page comes with nothing kept, and leaves it as it is.
    if (form !== undefined || isKept(kept)) void page.goBack(form)
  })
  const form = readSearched(history.state, page.state.form)
  history.replaceState({ form } satisfies Kept, '')
  if (form !== undefined) await page.goBack(form)
}

/** What the browser keeps of a search for going back to it and for loading the page anew, apart from any URL. */
interface Kept {
  readonly form: AddressForm | undefined
}

/** The form that was searched at a point of the history, or that a link asks for. */
function readSearched(kept: unknown, empty: AddressForm): AddressForm | undefined {
  if (isKept(kept)) return kept.form
  const link = readSearchLink(location.hash)
  return link && { ...empty, entry: 'line', ...link }
}

function isKept(state: unknown): state is Kept {
  return typeof state === 'object' && state !== null && 'form' in state
}

/** A new token for this page, from a new copy of it. */
async function fetchToken(): Promise<string | undefined> {
  const html = await (await fetch('/', { cache: 'no-store' })).text()
  const copy = new DOMParser().parseFromString(html, 'text/html').getElementById('handover')?.textContent
  return copy ? (JSON.parse(copy) as Handover).token : undefined
}

/** What a person typed, or the browser filled in, before this script took over. */
function readTyped(container: HTMLElement): Partial<AddressForm> {
  const fields = { address: 'line', unit: 'unit', street: 'street', city: 'city', state: 'state', zip: 'zip' } as const
  return Object.fromEntries(
    Object.entries(fields).flatMap(([id, name]) => {
      const field = container.querySelector<HTMLInputElement | HTMLSelectElement>(`#${id}`)
      return field === null ? [] : [[name, field.value]]
    }),
  )
}

/** Puts the focus on a heading that has appeared and brings it into sight. */
function focusOn(id: string): void {
  const element = document.getElementById(id)
  element?.focus({ preventScroll: true })
  if (element === null) return
  const { top, bottom } = element.getBoundingClientRect()
  if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: 'start' })
}

/** What is opened for paper, where nobody can: all plans, with their facts. */
let openedForPrint: readonly HTMLDetailsElement[] = []

globalThis.addEventListener('beforeprint', () => {
  openedForPrint = [...document.querySelectorAll<HTMLDetailsElement>('.plans details:not([open])')]
  for (const details of openedForPrint) details.open = true
})

globalThis.addEventListener('afterprint', () => {
  for (const details of openedForPrint) details.open = false
  openedForPrint = []
})
