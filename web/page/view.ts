import type { Format } from '../format.ts'
import type { Strings } from '../strings/en.ts'
import type { Page } from './create-page.ts'
import type { PageState } from './page-state.ts'

/** What a view is drawn from: the state, what can be done with it, and the words of the language. */
export interface View {
  readonly page: Page
  readonly state: PageState
  readonly t: Strings
  readonly format: Format
}

/** Props of a view that needs nothing else. */
export interface ViewProps {
  readonly view: View
}
