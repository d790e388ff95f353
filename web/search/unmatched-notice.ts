import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import { Notice } from './notice.ts'
import type { SearchStage } from './search-stage.ts'

/** Why no place was found, with the numbers that the street does have. */
export function UnmatchedNotice({
  view: { page, t, state },
  stage,
}: ViewProps & { readonly stage: SearchStage & { stage: 'unmatched' } }): ComponentChildren {
  const { suggestions } = stage
  return h(
    Notice,
    { icon: 'info', heading: t.unmatched.heading },
    h('p', {}, t.unmatched.reasons[stage.reason] ?? t.unmatched.unknownReason),
    h('p', { class: 'asked' }, `${t.unmatched.asked}: `, h('b', {}, stage.serviceAddress)),
    suggestions.length > 0 && [
      h('h3', { key: 'heading' }, t.unmatched.ranges),
      h(
        'ul',
        { key: 'ranges', class: 'plain-list' },
        suggestions.map(({ lowNumber, highNumber, street, zip }) =>
          h(
            'li',
            { key: `${lowNumber} ${street} ${zip ?? ''}` },
            t.unmatched.range(lowNumber, highNumber, street, zip),
          ),
        ),
      ),
    ],
    state.form.entry === 'line' &&
      h(
        'p',
        { class: 'needs-script' },
        h(
          'button',
          { type: 'button', class: 'button-secondary', onClick: () => page.enterByParts() },
          t.unmatched.fields,
        ),
      ),
  )
}
