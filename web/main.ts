import { h, hydrate, render } from 'preact'
import { createSend } from './api/send.ts'
import { readSearchLink } from './answer/hand-out.ts'
import type { Locale } from './format.ts'
import { createPage } from './page/create-page.ts'
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
  const page = createPage({
    send: createSend({ origin: '', token }),
    initial: { ...state, form: { ...state.form, ...readTyped(container) } },
    draw: (current) => render(viewOf(current), container),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    focus: (id) => focusOn(id),
    loadLocale: async (locale) => {
      words.set(locale, await loadStrings(locale))
      document.documentElement.lang = locale
      document.title = words.get(locale)?.t.title ?? document.title
      history.replaceState(null, '', `?lang=${locale}${location.hash}`)
    },
    onSaved: () => writeSaved(page.state.saved),
  })
  hydrate(viewOf(page), container)
  page.change({ saved: readSaved() })

  const link = readSearchLink(location.hash)
  if (link !== undefined) await page.searchExample({ ...link, shows: '' })
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
  element?.scrollIntoView({ block: 'nearest' })
}

globalThis.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open ||= !details.matches('.theme-choice')
})
