import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import { CompletionChoice } from './completion-choice.ts'
import { judgeLine } from './judge-line.ts'
import { Notice } from './notice.ts'
import type { SearchStage } from './search-stage.ts'

/** What the API misses in the address, field by field. */
export function RefusedNotice({
  view,
  stage: { fields, completions = [] },
}: ViewProps & { readonly stage: SearchStage & { stage: 'refused' } }): ComponentChildren {
  const { page, t, state } = view
  const fault = state.form.entry === 'line' ? judgeLine(state.form.line) : undefined
  const named = Object.keys(fields).filter((field) => field in t.refused.fields)
  const isPlaceMissing = fault === undefined || fault === 'number_missing'
  return h(
    Notice,
    { icon: 'info', heading: t.refused.heading },
    h(
      'ul',
      { class: 'plain-list' },
      fault !== undefined && h('li', {}, t.refused.lines[fault]),
      isPlaceMissing && (named.length === 0 || 'base' in fields) && h('li', {}, t.refused.base),
      named.map((field) => h('li', { key: field }, t.refused.fields[field])),
    ),
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
