import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { ViewProps } from '../page/view.ts'
import { AddressCombobox } from './address-combobox.ts'
import { AddressParts } from './address-parts.ts'
import { UnitField } from './unit-field.ts'

/**
 * The search: one line with suggestions, or a field for each part. The unit has its own field in both.
 *
 * Without JavaScript the same form is sent to the server, which reads whichever fields are filled.
 */
export function SearchForm({ view }: ViewProps): ComponentChildren {
  const { page, state, t } = view
  const isLine = state.form.entry === 'line'
  const isWorking = state.search.stage === 'working'
  return h(
    'form',
    {
      class: `search-form search-form-${state.form.entry}`,
      method: 'post',
      action: `/?lang=${state.locale}`,
      role: 'search',
      novalidate: true,
      onSubmit: (event: Event) => {
        event.preventDefault()
        void page.search()
      },
    },
    h('input', { type: 'hidden', name: 'entry', value: state.form.entry }),
    h(
      'div',
      { class: 'search-fields' },
      isLine ? h(AddressCombobox, { view }) : h(AddressParts, { view }),
      isLine && h(UnitField, { view }),
      h(
        'button',
        { class: 'button-primary search-button', type: 'submit' },
        // Of one size with and without the search, so that nothing beside it moves.
        isWorking ? h('span', { class: 'spinner', 'aria-hidden': 'true' }) : h(Icon, { name: 'search' }),
        h('span', {}, t.form.search),
      ),
    ),
    h(
      'div',
      { class: 'search-below' },
      h(
        'button',
        {
          class: 'button-link',
          // Without JavaScript the server sends the page again in the other form.
          type: 'submit',
          name: 'switch_entry',
          value: isLine ? 'parts' : 'line',
          onClick: (event: Event) => {
            event.preventDefault()
            page.edit({ entry: isLine ? 'parts' : 'line' })
          },
        },
        isLine ? t.form.useParts : t.form.useLine,
      ),
      h(
        'details',
        { class: 'privacy' },
        h('summary', {}, h('span', { class: 'privacy-mark', 'aria-hidden': 'true' }, '?'), t.privacy.question),
        h('p', {}, t.privacy.answer),
      ),
    ),
  )
}
