import type { Locale } from '../format.ts'
import type { SearchStage } from '../search/search-stage.ts'
import type { Suggestion } from '../search/read-suggestion.ts'
import type { StreetMap } from '../map/street-map.ts'
import type { Listing } from '../answer/listing.ts'

/** An address of the sandbox that shows one state, offered as an example. */
export interface Example {
  readonly line: string
  readonly unit?: string | undefined
  /** Names its sentence in the strings. */
  readonly shows: string
}

/** What the server says about itself when it sends the page. */
export interface Site {
  /** Of the API, where the page itself is from elsewhere; empty on the server's own page. */
  readonly origin: string
  readonly isSandbox: boolean
  readonly dataSet: string
  /** Empty unless the sandbox is loaded. */
  readonly examples: readonly Example[]
  /** Who made the data, as their licences ask to be named. */
  readonly attributions: readonly string[]
}

/** What stands in the search form. Nothing here is ever cleared for the person; the unit least of all. */
export interface AddressForm {
  /** One line, or a field for each part. */
  readonly entry: 'line' | 'parts'
  readonly line: string
  readonly unit: string
  readonly street: string
  readonly city: string
  readonly state: string
  readonly zip: string
}

/** The list under the address field. */
export interface SuggestionList {
  readonly isOpen: boolean
  readonly items: readonly Suggestion[]
  /** Index of the option that the arrow keys are on. */
  readonly active?: number | undefined
  /** The suggestion that stands in the field as it was picked. */
  readonly picked?: Suggestion | undefined
  /** The text that `items` answer; absent while nothing was asked. */
  readonly answeredFor?: string | undefined
}

/** Everything that the page shows, in one value: the views are functions of it. */
export interface PageState {
  readonly locale: Locale
  readonly site: Site
  readonly form: AddressForm
  readonly suggestions: SuggestionList
  readonly search: SearchStage
  /** Drawn once it has come, after the answer. */
  readonly map?: StreetMap | undefined
  /** 1, 2 or 4 times as close. */
  readonly mapZoom: number
  readonly listing: Listing
  /** Whether order and filters are in sight where there is little room; elsewhere they always are. */
  readonly isListingOpen: boolean
  /** Keys of what is compared, in the order they were chosen; at most four. */
  readonly compared: readonly string[]
  /** Keys of saved plans, kept in this browser. */
  readonly saved: readonly string[]
  /** The last thing that was done, for the eye and for screen readers: "Copied". */
  readonly notice: string
  /** Seconds that the search has taken, shown once it is worth showing. */
  readonly elapsedSeconds: number
}

export const EMPTY_FORM: AddressForm = { entry: 'line', line: '', unit: '', street: '', city: '', state: '', zip: '' }
