/** The words of a language that a document is written in. */
export type PageLocale = 'en' | 'es'

/** Carries out one API call in this process, with the rights of the page that asked. */
export type CallApi = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<ApiReply>

export interface ApiReply {
  readonly status: number
  readonly body: unknown
  readonly retryAfterSeconds?: number | undefined
}

/** What every document of the page needs to know. */
export interface DocumentSettings {
  readonly locale: PageLocale
  readonly site: {
    readonly isSandbox: boolean
    readonly dataSet: string
    readonly examples: readonly { readonly line: string; readonly unit?: string | undefined; readonly shows: string }[]
    readonly attributions: readonly string[]
  }
  /** With which the page's script calls the API. */
  readonly token: string
  /** Where the page's files are, up to and without the last slash: `/assets/3f2a…`. */
  readonly assets: string
}

/** The fields of the search form as a browser without JavaScript sends them. */
export type FormFields = Readonly<Record<string, string | undefined>>

/** Draws the page's documents as HTML; made in `web/`, where the page's views are. */
export interface PageRenderer {
  renderSearchPage(settings: DocumentSettings): Promise<string>
  /** Carries out the search that a form asks for, and draws the page with its answer. */
  renderSearchedPage(settings: DocumentSettings, form: FormFields, callApi: CallApi): Promise<string>
  renderQuickStart(settings: DocumentSettings): Promise<string>
}
