import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import type { Plan, PlanLabel } from './answer.ts'

/** A plan's facts in the order and look of the FCC broadband label, said not to be the provider's own. */
export function PlanLabelCard({
  view: { t },
  plan,
  label,
  providerName,
}: ViewProps & { readonly plan: Plan; readonly label: PlanLabel; readonly providerName: string }): ComponentChildren {
  return h(
    'div',
    { class: 'label-card' },
    h('p', { class: 'label-title' }, t.label.title),
    h('p', { class: 'label-provider' }, providerName),
    h('p', { class: 'label-plan' }, plan.name),
    label.groups.map(({ heading, value, rows }) =>
      h(
        'section',
        { key: heading, class: 'label-group' },
        h('p', { class: 'label-heading' }, h('b', {}, heading), value !== undefined && h('b', {}, value)),
        rows.length > 0 &&
          h(
            'dl',
            {},
            rows.map((row) => h('div', { key: row.name }, h('dt', {}, row.name), h('dd', {}, row.value))),
          ),
      ),
    ),
    label.uniquePlanIdentifier !== undefined &&
      h('p', { class: 'label-identifier' }, `${t.label.identifier}: `, h('b', {}, label.uniquePlanIdentifier)),
    h('p', { class: 'label-note' }, t.label.note),
  )
}
