import type { Locale } from '../format.ts'
import { readJson } from '../api/read-json.ts'
import type { Send } from '../api/send.ts'
import { readStreetMap } from '../map/read-street-map.ts'
import { readSuggestions } from '../search/read-suggestion.ts'
import type { Suggestion } from '../search/read-suggestion.ts'
import { chooseCandidate, runSearch } from '../search/run-search.ts'
import type { SearchedAddress } from '../search/run-search.ts'
import type { Answer, SearchStage } from '../search/search-stage.ts'
import { EVERYTHING } from '../answer/listing.ts'
import type { Provider } from '../answer/answer.ts'
import type { Listing } from '../answer/listing.ts'
import type { AddressForm, Example, PageState } from './page-state.ts'

/** How many plans or offerings can stand side by side. */
export const MAX_COMPARED = 4
const MIN_SUGGEST_CHARACTERS = 3

/** What can be done on the page. Each changes the state and has it drawn again. */
export interface Page {
  readonly state: PageState
  change(part: Partial<PageState>): void
  edit(form: Partial<AddressForm>): void
  /** Goes over to a field for each part, with the parts of the line already in them. */
  enterByParts(): Promise<void>
  typeLine(line: string): Promise<void>
  moveActive(step: 1 | -1): void
  pick(suggestion: Suggestion): void
  closeSuggestions(): void
  search(): Promise<void>
  searchExample(example: Example): Promise<void>
  choose(candidateId: string): Promise<void>
  arrange(listing: Partial<Listing>): void
  showAll(): void
  toggleCompared(key: string): void
  toggleSaved(key: string): void
  /** Moves the focus to the element with this id once it is drawn. */
  focus(elementId: string): void
  /** Goes over to another language; what was searched stays. */
  speak(locale: Locale): Promise<void>
  /** A provider's own site was opened. */
  leave(provider: Provider): void
}

export interface PageNeeds {
  readonly send: Send
  readonly initial: PageState
  /** Draws the state; called after every change. */
  readonly draw: (page: Page) => void
  readonly wait: (ms: number) => Promise<void>
  /** Told about what a host of the page may want to know. */
  readonly onSearched?: (answer: Answer) => void
  readonly onSaved?: (key: string, isSaved: boolean) => void
  readonly onLeft?: (provider: Provider) => void
  readonly focus?: (elementId: string) => void
  /** Makes a language's sentences ready to be drawn. */
  readonly loadLocale?: (locale: Locale) => Promise<void>
}

/** Holds the page's state and carries out what is done on it; the same in the browser, the widget and on the server. */
export function createPage({
  send,
  initial,
  draw,
  wait,
  focus,
  loadLocale,
  onSearched,
  onSaved,
  onLeft,
}: PageNeeds): Page {
  let state = initial
  let runningSearch = 0
  let openSession: string | undefined
  let isAsking = false
  let askNext: string | undefined

  function change(part: Partial<PageState>): void {
    state = { ...state, ...part }
    draw(page)
  }

  function edit(form: Partial<AddressForm>): void {
    change({ form: { ...state.form, ...form } })
  }

  /** Asks for suggestions, one question at a time: what is typed meanwhile is asked when the answer is there. */
  async function askSuggestions(line: string): Promise<void> {
    if (isAsking) {
      askNext = line
      return
    }
    isAsking = true
    try {
      const reply = await send('POST', '/addresses/suggest', { q: line })
      if (reply.status === 200 && state.suggestions.isOpen) {
        change({ suggestions: { isOpen: true, items: readSuggestions(reply.body), answeredFor: line } })
      }
    } catch {
      // Typing goes on without suggestions; the search itself says when the server is out of reach.
    } finally {
      isAsking = false
    }
    const next = askNext
    askNext = undefined
    if (next !== undefined && next === state.form.line && state.suggestions.isOpen) await askSuggestions(next)
  }

  async function follow(stages: AsyncGenerator<SearchStage>): Promise<void> {
    const search = ++runningSearch
    const started = Date.now()
    closeOpenSession()
    try {
      for await (const stage of stages) {
        if (search !== runningSearch) return
        if ('token' in stage) openSession = stage.token
        if (stage.stage === 'answered') openSession = stage.answer.token
        change({ search: stage, elapsedSeconds: Math.floor((Date.now() - started) / 1000) })
      }
    } catch {
      if (search === runningSearch) change({ search: { stage: 'stopped', cause: 'offline' } })
    }
    if (search !== runningSearch) return
    focus?.('outcome-heading')
    if (state.search.stage === 'answered') onSearched?.(state.search.answer)
    if (openSession !== undefined) await showMap(openSession, search)
  }

  async function showMap(token: string, search: number): Promise<void> {
    const reply = await send('GET', `/sessions/${token}/map`).catch(() => undefined)
    if (reply?.status === 200 && search === runningSearch) change({ map: readStreetMap(readJson(reply.body)) })
  }

  /** The API asks that sessions which nobody needs any more are closed; whether that succeeds matters to nobody. */
  function closeOpenSession(): void {
    const token = openSession
    openSession = undefined
    if (token !== undefined) send('DELETE', `/sessions/${token}`).catch(() => undefined)
  }

  /** The form as the API takes it; the unit that was typed in its own field stands before one in the line. */
  async function findAddress(): Promise<SearchedAddress> {
    const { entry, line, unit, street, city, state: region, zip } = state.form
    const street2 = unit.trim() || undefined
    if (entry === 'parts') {
      return compact({ street1: street.trim(), street2, city: city.trim(), state: region, zip: zip.trim() })
    }
    const { picked } = state.suggestions
    const found: SearchedAddress = picked?.line === line && picked.isComplete ? picked : await parseLine(line)
    return compact({ ...found, street2: street2 ?? found.street2 })
  }

  /** Has the server cut a line into the members that the API takes; what it cannot cut stays the street. */
  async function parseLine(line: string): Promise<SearchedAddress> {
    const reply = await send('POST', '/addresses/parse', { address: line })
    const parts = readJson(reply.body).object('data')
    return {
      street1: parts.text('street1') ?? line.trim(),
      street2: parts.text('street2'),
      city: parts.text('city'),
      state: parts.text('state'),
      zip: parts.text('zip'),
    }
  }

  async function search(): Promise<void> {
    change({
      suggestions: { ...state.suggestions, isOpen: false, active: undefined },
      map: undefined,
      mapZoom: 1,
      compared: [],
      listing: EVERYTHING,
      notice: '',
    })
    await follow(searchFor(findAddress()))
  }

  async function* searchFor(address: Promise<SearchedAddress>): AsyncGenerator<SearchStage> {
    yield { stage: 'working', geocoding: 'pending', internet: 'pending' }
    yield* runSearch(send, await address, wait)
  }

  const page: Page = {
    get state() {
      return state
    },
    change,
    edit,
    enterByParts: async () => {
      const { line, unit } = state.form
      const parts = await parseLine(line).catch((): SearchedAddress => ({ street1: line }))
      edit({
        entry: 'parts',
        street: parts.street1,
        unit: unit || (parts.street2 ?? ''),
        city: parts.city ?? '',
        state: parts.state ?? '',
        zip: parts.zip ?? '',
      })
    },
    typeLine: async (line) => {
      const isLongEnough = line.trim().length >= MIN_SUGGEST_CHARACTERS
      change({
        form: { ...state.form, line },
        suggestions: { ...state.suggestions, isOpen: isLongEnough, active: undefined, picked: undefined },
      })
      if (isLongEnough) await askSuggestions(line)
    },
    moveActive: (step) => {
      const { items, active, isOpen } = state.suggestions
      if (items.length === 0) return
      const next = !isOpen || active === undefined ? (step === 1 ? 0 : items.length - 1) : active + step
      change({
        suggestions: {
          ...state.suggestions,
          isOpen: true,
          active: next < 0 || next >= items.length ? undefined : next,
        },
      })
    },
    pick: (suggestion) => {
      change({
        form: { ...state.form, line: suggestion.line },
        suggestions: { isOpen: false, items: [], picked: suggestion },
      })
    },
    closeSuggestions: () => {
      if (state.suggestions.isOpen) {
        change({ suggestions: { ...state.suggestions, isOpen: false, active: undefined } })
      }
    },
    search,
    searchExample: async ({ line, unit }) => {
      change({
        form: { ...state.form, entry: 'line', line, unit: unit ?? '' },
        suggestions: { isOpen: false, items: [] },
      })
      await search()
    },
    choose: async (candidateId) => {
      if (state.search.stage !== 'choosing') return
      const { token } = state.search
      openSession = undefined
      await follow(chooseCandidate(send, { token, candidateId }, wait))
    },
    arrange: (listing) => change({ listing: { ...state.listing, ...listing } }),
    showAll: () => change({ listing: { ...EVERYTHING, sort: state.listing.sort } }),
    toggleCompared: (key) => {
      const isCompared = state.compared.includes(key)
      if (!isCompared && state.compared.length >= MAX_COMPARED) return
      change({ compared: isCompared ? state.compared.filter((other) => other !== key) : [...state.compared, key] })
    },
    toggleSaved: (key) => {
      const isSaved = !state.saved.includes(key)
      change({ saved: isSaved ? [...state.saved, key] : state.saved.filter((other) => other !== key) })
      onSaved?.(key, isSaved)
    },
    speak: async (locale) => {
      await loadLocale?.(locale)
      change({ locale, notice: '' })
    },
    focus: (elementId) => focus?.(elementId),
    leave: (provider) => onLeft?.(provider),
  }
  return page
}

/** Leaves out what is blank: the API takes a blank member for a wrong one. */
function compact(address: SearchedAddress): SearchedAddress {
  return {
    street1: address.street1,
    ...(address.street2 && { street2: address.street2 }),
    ...(address.city && { city: address.city }),
    ...(address.state && { state: address.state }),
    ...(address.zip && { zip: address.zip }),
  }
}
