import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'

/** Addresses of the sandbox, each with what it shows. Without JavaScript each is a form of its own. */
export function SandboxExamples({ view: { page, state, t } }: ViewProps): ComponentChildren {
  const { examples } = state.site
  if (examples.length === 0) return null
  return h(
    'section',
    { class: 'examples', 'aria-labelledby': 'examples-heading' },
    h('h2', { id: 'examples-heading', class: 'examples-heading' }, t.examplesHeading),
    h('p', { class: 'examples-note' }, t.sandboxNote),
    h(
      'ul',
      { class: 'example-list' },
      examples.map((example) =>
        h(
          'li',
          { key: example.shows },
          h(
            'form',
            {
              method: 'post',
              action: `/?lang=${state.locale}`,
              onSubmit: (event: Event) => {
                event.preventDefault()
                void page.searchExample(example)
              },
            },
            h('input', { type: 'hidden', name: 'entry', value: 'line' }),
            h('input', { type: 'hidden', name: 'address', value: example.line }),
            h('input', { type: 'hidden', name: 'unit', value: example.unit ?? '' }),
            h(
              'button',
              { type: 'submit', class: 'example' },
              h('span', { class: 'example-shows' }, t.examples[example.shows] ?? example.shows),
              h(
                'span',
                { class: 'example-line' },
                example.unit === undefined ? example.line : `${example.line} · ${example.unit}`,
              ),
            ),
          ),
        ),
      ),
    ),
  )
}
