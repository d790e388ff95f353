import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { SiteFooter } from '../layout/site-footer.ts'
import { SiteHeader } from '../layout/site-header.ts'
import type { ViewProps } from '../page/view.ts'
import { listQuickStartCalls, SET_UP } from './quick-start-calls.ts'

/** The API in a few calls, each with its command line and a button that runs it against this server. */
export function QuickStart({ view }: ViewProps): ComponentChildren {
  const { t, state } = view
  const calls = listQuickStartCalls(state.site.examples[0]?.line)
  return h(
    'div',
    { class: 'page' },
    h(SiteHeader, { view }),
    h(
      'main',
      { id: 'main', class: 'quick-start' },
      h('h1', {}, t.quickStartPage.heading),
      h('p', { class: 'hero-text' }, t.quickStartPage.text),
      h('p', {}, t.quickStartPage.setUp),
      h('pre', { class: 'set-up', tabIndex: 0, 'aria-label': 'sh' }, h('code', { id: 'set-up' }, SET_UP)),
      h('p', { class: 'hint' }, t.quickStartPage.tokens),
      h(
        'ol',
        { class: 'steps' },
        calls.map((call, index) => {
          const step = t.quickStartPage.steps[index]
          return h(
            'li',
            { key: call.path, class: 'step' },
            h('h2', {}, step?.heading),
            h('p', {}, step?.text),
            h('pre', { tabIndex: 0, 'aria-label': 'curl' }, h('code', {}, call.curl)),
            h(
              'p',
              { class: 'step-run needs-script' },
              h(
                'button',
                { type: 'button', class: 'button-secondary', 'data-run': String(index) },
                t.quickStartPage.run,
              ),
              h('span', { role: 'status', 'data-status': String(index) }),
            ),
            h('pre', { class: 'step-answer', 'data-answer': String(index), tabIndex: 0, hidden: true }, h('code', {})),
          )
        }),
      ),
      h('p', {}, h('a', { class: 'button-secondary', href: '/docs' }, t.quickStartPage.reference)),
    ),
    h(SiteFooter, { view }),
  )
}
