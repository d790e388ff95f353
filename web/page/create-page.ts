import type { Locale } from '../format.ts'
import type { Send } from '../api/send.ts'
import type { Watch } from '../api/watch.ts'
import { createSuggester } from '../search/ask-suggestions.ts'
import { findAddress, parseLine } from '../search/find-address.ts'
import type { SearchedAddress } from '../search/find-address.ts'
import { readSuggestions } from '../search/read-suggestion.ts'
import type { Suggestion } from '../search/read-suggestion.ts'
import { createSearchRunner } from '../search/search-runner.ts'
import type { Answer } from '../search/search-stage.ts'
import { EVERYTHING } from '../answer/listing.ts'
import type { Provider } from '../answer/answer.ts'
import type { Listing } from '../answer/listing.ts'
import type { AddressForm, Example, PageState } from './page-state.ts'

/** How many plans or offerings can stand side by side. */
export const MAX_COMPARED = 4
const MIN_SUGGEST_CHARACTERS = 3
const MOST_COMPLETIONS = 4

/** What can be done on the page. Each changes the state and has it drawn again. */
export interface Page {
  readonly state: PageState
  /** The form as it was searched last; absent before any search. */
  readonly searchedForm: AddressForm | undefined
  change(part: Partial<PageState>): void
  edit(form: Partial<AddressForm>): void
  /** Goes over to a field for each part, with the parts of the line already in them. */
  enterByParts(): Promise<void>
  typeLine(line: string): Promise<void>
  moveActive(step: 1 | -1): void
  pick(suggestion: Suggestion): void
  closeSuggestions(): void
  /** Searches what stands in the form; nothing where just that is being searched. */
  search(): Promise<void>
  /** Goes back to a form as it was searched, or, without one, to the page before any search. */
  goBack(form: AddressForm | undefined): Promise<void>
  searchExample(example: Pick<Example, 'line' | 'unit'>): Promise<void>
  /** Puts a street into the field, for its number to be added. */
  beginWith(line: string): void
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
  /** Absent where a search is carried out at one go. */
  readonly watch?: Watch
  readonly initial: PageState
  /** Draws the state; called after every change. */
  readonly draw: (page: Page) => void
  readonly wait: (ms: number) => Promise<void>
  /** Calls a function each second until what it gives is called. */
  readonly everySecond?: (act: () => void) => () => void
  /** Told what is about to be searched, so that a browser can come back to it. */
  readonly onSearching?: (form: AddressForm) => void
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
  watch,
  initial,
  draw,
  wait,
  everySecond,
  focus,
  loadLocale,
  onSearching,
  onSearched,
  onSaved,
  onLeft,
}: PageNeeds): Page {
  let state = initial
  let searchedForm: AddressForm | undefined

  function change(part: Partial<PageState>): void {
    state = { ...state, ...part }
    draw(page)
  }

  function edit(form: Partial<AddressForm>): void {
    change({ form: { ...state.form, ...form } })
  }

  const suggest = createSuggester(
    send,
    (line) => line === state.form.line && state.suggestions.isOpen,
    (items, line) => {
      if (state.suggestions.isOpen) change({ suggestions: { isOpen: true, items, answeredFor: line } })
    },
  )

  const runner = createSearchRunner(
    { send, watch, wait, everySecond },
    {
      onStage: (stage) => change({ search: stage }),
      onSecond: (elapsedSeconds) => change({ elapsedSeconds }),
      onEnd: (stage) => {
        focus?.('outcome-heading')
        if (stage.stage === 'answered') onSearched?.(stage.answer)
      },
      onMap: (map) => change({ map }),
    },
  )

  function clearOutcome(): void {
    change({
      suggestions: { ...state.suggestions, isOpen: false, active: undefined },
      map: undefined,
      mapZoom: 1,
      compared: [],
      listing: EVERYTHING,
      isListingOpen: false,
      notice: '',
      elapsedSeconds: 0,
    })
  }

  async function runSearch(): Promise<void> {
    clearOutcome()
    await runner.search(findAddress(send, state.form, state.suggestions.picked))
    await completeLine()
  }

  /** Where a line could not be searched, asks what it may have meant. */
  async function completeLine(): Promise<void> {
    const { search: stage, form } = state
    if (form.entry !== 'line' || (stage.stage !== 'refused' && stage.stage !== 'unmatched')) return
    if (stage.stage === 'unmatched' && stage.suggestions.length > 0) return
    const reply = await send('POST', '/addresses/suggest', { q: form.line }).catch(() => undefined)
    if (reply?.status !== 200 || state.search !== stage) return
    change({ search: { ...stage, completions: readSuggestions(reply.body).slice(0, MOST_COMPLETIONS) } })
  }

  async function search(): Promise<void> {
    if (state.search.stage === 'working' && state.form === searchedForm) return
    searchedForm = state.form
    onSearching?.(state.form)
    await runSearch()
  }

  const page: Page = {
    get state() {
      return state
    },
    get searchedForm() {
      return searchedForm
    },
    change,
    edit,
    enterByParts: async () => {
      const { line, unit } = state.form
      const parts = await parseLine(send, line).catch((): SearchedAddress => ({ street1: line }))
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
      if (isLongEnough) await suggest(line)
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
    goBack: async (form) => {
      searchedForm = form
      change({ form: form ?? state.form, suggestions: { isOpen: false, items: [] } })
      if (form !== undefined) {
        await runSearch()
        return
      }
      runner.stop()
      clearOutcome()
      change({ search: { stage: 'idle' } })
    },
    searchExample: async ({ line, unit }) => {
      change({
        form: { ...state.form, entry: 'line', line, unit: unit ?? '' },
        suggestions: { isOpen: false, items: [] },
      })
      await search()
    },
    beginWith: (line) => {
      edit({ line })
      focus?.('address')
    },
    choose: async (candidateId) => {
      if (state.search.stage !== 'choosing') return
      const { token } = state.search
      if (searchedForm !== undefined) onSearching?.(searchedForm)
      await runner.choose(token, candidateId)
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
