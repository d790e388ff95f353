import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { MAX_COMPARED } from '../page/create-page.ts'
import type { ViewProps } from '../page/view.ts'

/** Puts something into the comparison or takes it out. */
export function CompareToggle({
  view: { page, state, t },
  itemKey,
  name,
}: ViewProps & { readonly itemKey: string; readonly name: string }): ComponentChildren {
  const isCompared = state.compared.includes(itemKey)
  const isFull = !isCompared && state.compared.length >= MAX_COMPARED
  return h(
    'label',
    { class: 'compare-toggle needs-script', title: isFull ? t.compare.full : undefined },
    h('input', {
      type: 'checkbox',
      checked: isCompared,
      disabled: isFull,
      'aria-label': t.plan.compare(name),
      onChange: () => page.toggleCompared(itemKey),
    }),
    h('span', { 'aria-hidden': 'true' }, t.plan.compareShort),
  )
}
