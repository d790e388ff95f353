import { h } from 'preact'
import type { DocumentSettings, FormFields, PageRenderer } from '../../src/http/page/page-renderer.ts'
import { EVERYTHING } from '../answer/listing.ts'
import { createPage } from '../page/create-page.ts'
import type { Page } from '../page/create-page.ts'
import { EMPTY_FORM } from '../page/page-state.ts'
import type { AddressForm, PageState } from '../page/page-state.ts'
import { PageView } from '../page/page-view.ts'
import { QuickStart } from '../quick-start/quick-start-view.ts'
import { loadStrings } from '../strings/load-strings.ts'
import type { Words } from '../strings/load-strings.ts'
import { renderDocument } from './render-document.ts'
import { renderHtml } from './render-html.ts'

/** Without JavaScript nothing can be asked again, so that the server waits as long as a person might. */
const PATIENCE_MS = 8000

/** The page's documents, drawn by the same views that the browser draws with. */
export const pageRenderer: PageRenderer = {
  renderSearchPage: async (settings) => {
    const words = await loadStrings(settings.locale)
    return drawPage(settings, words, createStillPage(settings, EMPTY_FORM))
  },

  renderSearchedPage: async (settings, fields, callApi) => {
    const words = await loadStrings(settings.locale)
    const page = createStillPage(settings, readForm(fields), callApi)
    if (fields['switch_entry'] === undefined) await page.search()
    else if (fields['switch_entry'] === 'parts') await page.enterByParts()
    else page.edit({ entry: 'line' })
    return drawPage(settings, words, page)
  },

  renderQuickStart: async (settings) => {
    const words = await loadStrings(settings.locale)
    const page = createStillPage(settings, EMPTY_FORM)
    const { quickStartPage } = words.t
    return renderDocument(settings, {
      title: quickStartPage.title,
      description: quickStartPage.text,
      script: 'quick-start/main.ts',
      body: renderHtml(h(QuickStart, { view: { page, state: page.state, ...words } })),
      handover: { locale: settings.locale, token: settings.token, example: page.state.site.examples[0] },
    })
  },
}

/** A page that is drawn once: nothing happens on it after the search. */
function createStillPage(
  settings: DocumentSettings,
  form: AddressForm,
  callApi?: Parameters<PageRenderer['renderSearchedPage']>[2],
): Page {
  let patienceMs = PATIENCE_MS
  return createPage({
    send: callApi ?? (() => Promise.reject(new Error('A page without a search calls nothing.'))),
    initial: createState(settings, form),
    draw: () => undefined,
    wait: async (ms) => {
      patienceMs -= ms
      if (patienceMs >= 0) await new Promise((resolve) => setTimeout(resolve, ms))
    },
  })
}

function createState({ locale, site }: DocumentSettings, form: AddressForm): PageState {
  return {
    locale,
    site: { ...site, origin: '' },
    form,
    suggestions: { isOpen: false, items: [] },
    search: { stage: 'idle' },
    mapZoom: 1,
    listing: EVERYTHING,
    isListingOpen: false,
    compared: [],
    saved: [],
    notice: '',
    elapsedSeconds: 0,
  }
}

function drawPage(settings: DocumentSettings, words: Words, page: Page): string {
  return renderDocument(settings, {
    title: words.t.title,
    description: words.t.summary,
    script: 'main.ts',
    body: renderHtml(h(PageView, { view: { page, state: page.state, ...words } })),
    handover: { token: settings.token, state: page.state },
  })
}

function readForm(fields: FormFields): AddressForm {
  const text = (name: string) => fields[name] ?? ''
  return {
    entry: fields['entry'] === 'parts' ? 'parts' : 'line',
    line: text('address'),
    unit: text('unit'),
    street: text('street'),
    city: text('city'),
    state: text('state'),
    zip: text('zip'),
  }
}
