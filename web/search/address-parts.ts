import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { AddressForm } from '../page/page-state.ts'
import type { ViewProps } from '../page/view.ts'
import { STATES } from './states.ts'
import { UnitField } from './unit-field.ts'

type PartName = 'street' | 'city' | 'zip'
type FieldEvent = Event & { currentTarget: HTMLInputElement | HTMLSelectElement }

/** The address field by field, with the tokens that let a browser fill in one's own. */
export function AddressParts({ view }: ViewProps): ComponentChildren {
  const { page, state, t } = view
  const edit = (name: keyof AddressForm) => (event: FieldEvent) => page.edit({ [name]: event.currentTarget.value })

  const textField = (name: PartName, label: string, autocomplete: string, more: object) =>
    h(
      'div',
      { class: `field field-${name}` },
      h('label', { for: name }, label),
      h('input', {
        id: name,
        name,
        type: 'text',
        autocomplete,
        value: state.form[name],
        onInput: edit(name),
        ...more,
      }),
    )

  return h(
    'div',
    { class: 'address-parts' },
    textField('street', t.form.street, 'address-line1', { maxLength: 100, required: true }),
    h(UnitField, { view }),
    textField('city', t.form.city, 'address-level2', { maxLength: 50 }),
    h(
      'div',
      { class: 'field field-state' },
      h('label', { for: 'state' }, t.form.state),
      h(
        'select',
        {
          id: 'state',
          name: 'state',
          autocomplete: 'address-level1',
          value: state.form.state,
          onChange: edit('state'),
        },
        h('option', { value: '' }, t.form.anyState),
        STATES.map(([code, name]) =>
          h('option', { key: code, value: code, selected: state.form.state === code }, name),
        ),
      ),
    ),
    textField('zip', t.form.zip, 'postal-code', {
      maxLength: 10,
      inputMode: 'numeric',
      'aria-describedby': 'zip-hint',
    }),
    h('p', { id: 'zip-hint', class: 'hint' }, t.form.zipOrCity),
  )
}
