import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import type { Answer } from '../search/search-stage.ts'

/** What this answer cannot tell, said as plainly as what it can. */
export function UnknownList({
  view: { t, format },
  answer,
}: ViewProps & { readonly answer: Answer }): ComponentChildren {
  const dates = answer.providers.flatMap(({ offerings }) => offerings.flatMap(({ asOfDate }) => asOfDate ?? []))
  const oldest = dates.toSorted()[0]
  const withoutPrice = answer.providers.filter(({ plans }) =>
    plans.every((plan) => plan.firstMonthlyCents === undefined),
  )
  const { items } = t.unknown
  return h(
    'section',
    { class: 'unknown', 'aria-labelledby': 'unknown-heading' },
    h('h3', { id: 'unknown-heading' }, t.unknown.heading),
    h(
      'ul',
      {},
      h('li', {}, items.orders),
      oldest !== undefined && h('li', {}, items.date(oldest)),
      withoutPrice.length > 0 && h('li', {}, items.prices(format.list(withoutPrice.map(({ name }) => name)))),
      answer.place !== undefined && answer.place.unit !== 'none' && h('li', {}, items.unit),
      h('li', {}, items.indoor),
    ),
  )
}
