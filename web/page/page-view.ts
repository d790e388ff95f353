import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { SiteFooter } from '../layout/site-footer.ts'
import { SiteHeader } from '../layout/site-header.ts'
import { SandboxExamples } from '../search/sandbox-examples.ts'
import { SearchForm } from '../search/search-form.ts'
import { SearchOutcome } from '../search/search-outcome.ts'
import type { ViewProps } from './view.ts'

/** The whole page: the search on top, what it came to below, and before any search what can be expected. The sandbox says what can be found in it where nothing was. */
export function PageView({ view }: ViewProps): ComponentChildren {
  const { stage } = view.state.search
  const isIdle = stage === 'idle'
  return h(
    'div',
    { class: isIdle ? 'page page-idle' : 'page page-searched' },
    h(SiteHeader, { view }),
    h(
      'main',
      { id: 'main' },
      h(
        'div',
        { class: 'hero' },
        h('h1', {}, view.t.hero.heading),
        isIdle && h('p', { class: 'hero-text' }, view.t.hero.text),
        h(SearchForm, { view }),
      ),
      h('div', { class: 'outcome' }, h(SearchOutcome, { view })),
      (isIdle || stage === 'unmatched') && h(SandboxExamples, { view }),
      isIdle && h(Promises, { view }),
    ),
    h(SiteFooter, { view }),
  )
}

function Promises({ view: { t } }: ViewProps): ComponentChildren {
  return h(
    'ul',
    { class: 'promises' },
    t.promises.map(({ heading, text }) => h('li', { key: heading }, h('h2', {}, heading), h('p', {}, text))),
  )
}
