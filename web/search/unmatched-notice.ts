import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import { CompletionChoice } from './completion-choice.ts'
import { judgeLine } from './judge-line.ts'
import { Notice } from './notice.ts'
import type { SearchStage } from './search-stage.ts'
import { toTitleCase } from './title-case.ts'

/** Why no place was found, with the numbers that the street does have. */
export function UnmatchedNotice({
  view,
  stage,
}: ViewProps & { readonly stage: SearchStage & { stage: 'unmatched' } }): ComponentChildren {
  const { page, t, state } = view
  const { suggestions, completions = [] } = stage
  // Where the server can only say that it is no address, the line itself may say what it is.
  const isPlainlyNone = stage.reason === 'not_an_address' && state.form.entry === 'line'
  const fault = isPlainlyNone ? judgeLine(state.form.line) : undefined
  return h(
    Notice,
    { icon: 'info', heading: t.unmatched.heading },
    h('p', {}, (fault && t.refused.lines[fault]) ?? t.unmatched.reasons[stage.reason] ?? t.unmatched.unknownReason),
    fault === undefined &&
      h('p', { class: 'asked' }, `${t.unmatched.asked}: `, h('b', {}, toTitleCase(stage.serviceAddress))),
    suggestions.length > 0 && [
      h('h3', { key: 'heading' }, t.unmatched.ranges),
      h(
        'ul',
        { key: 'ranges', class: 'plain-list' },
        suggestions.map(({ lowNumber, highNumber, street, zip }) =>
          h(
            'li',
            { key: `${lowNumber} ${street} ${zip ?? ''}` },
            t.unmatched.range(lowNumber, highNumber, toTitleCase(street), zip),
          ),
        ),
      ),
    ],
    h(CompletionChoice, { view, completions }),
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
