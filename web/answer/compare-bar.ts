import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'

/** Stays in sight while things are chosen for comparison, and leads to them. */
export function CompareBar({ view: { page, state, t } }: ViewProps): ComponentChildren {
  const count = state.compared.length
  if (count === 0) return null
  return h(
    'div',
    { class: 'compare-bar needs-script', role: 'group', 'aria-label': t.compare.heading },
    h('p', { role: 'status' }, t.compare.bar(count)),
    count > 1 &&
      h(
        'button',
        { type: 'button', class: 'button-primary', onClick: () => page.focus('compare-heading') },
        t.compare.open,
      ),
    h(
      'button',
      { type: 'button', class: 'button-quiet', onClick: () => page.change({ compared: [] }) },
      t.compare.clear,
    ),
  )
}
