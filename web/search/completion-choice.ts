import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { ViewProps } from '../page/view.ts'
import type { Suggestion } from './read-suggestion.ts'

/**
 * What the line that could not be searched may have meant. A whole address is searched at a press; a street goes into
 * the field, where its number is to be added.
 */
export function CompletionChoice({
  view: { page, state, t },
  completions,
}: ViewProps & { readonly completions: readonly Suggestion[] }): ComponentChildren {
  if (completions.length === 0) return null
  return h(
    'section',
    { class: 'completions', 'aria-labelledby': 'completions-heading' },
    h('h3', { id: 'completions-heading' }, t.completions.heading),
    h(
      'ul',
      {},
      completions.map((completion) =>
        h(
          'li',
          { key: completion.line, class: completion.isComplete ? undefined : 'needs-script' },
          h(
            'form',
            {
              method: 'post',
              action: `/?lang=${state.locale}`,
              onSubmit: (event: Event) => {
                event.preventDefault()
                if (completion.isComplete) void page.searchExample({ line: completion.line, unit: state.form.unit })
                else page.beginWith(completion.line)
              },
            },
            h('input', { type: 'hidden', name: 'entry', value: 'line' }),
            h('input', { type: 'hidden', name: 'address', value: completion.line }),
            h('input', { type: 'hidden', name: 'unit', value: state.form.unit }),
            h(
              'button',
              { type: 'submit', class: 'candidate' },
              h('span', { class: 'candidate-line' }, completion.line),
              !completion.isComplete && h('span', { class: 'option-note' }, t.streetOnly),
              h(Icon, { name: 'chevron' }),
            ),
          ),
        ),
      ),
    ),
  )
}
