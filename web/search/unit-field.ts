import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'

/** The apartment or unit, apart from the address so that no suggestion can overwrite it. */
export function UnitField({ view: { page, state, t } }: ViewProps): ComponentChildren {
  return h(
    'div',
    { class: 'field field-unit' },
    h('label', { for: 'unit' }, t.form.unit),
    h('input', {
      id: 'unit',
      name: 'unit',
      type: 'text',
      autocomplete: 'address-line2',
      maxLength: 50,
      placeholder: t.form.unitHint,
      value: state.form.unit,
      onInput: (event: Event & { currentTarget: HTMLInputElement }) => page.edit({ unit: event.currentTarget.value }),
    }),
  )
}
