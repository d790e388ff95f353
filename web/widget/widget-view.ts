import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import { SearchForm } from '../search/search-form.ts'
import { SearchOutcome } from '../search/search-outcome.ts'

/** The search and what it came to, without a page around them, and whose data it is. */
export function WidgetView({ view }: ViewProps): ComponentChildren {
  const { state, t } = view
  return h(
    'div',
    { class: 'page-searched' },
    h(SearchForm, { view }),
    h('div', { class: 'outcome' }, h(SearchOutcome, { view })),
    h(
      'p',
      { class: 'widget-foot' },
      h(
        'a',
        { href: `${state.site.origin}/?lang=${state.locale}`, target: '_blank', rel: 'noopener' },
        t.widget.source,
      ),
    ),
  )
}
