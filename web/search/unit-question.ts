import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { ViewProps } from '../page/view.ts'
import type { Answer } from './search-stage.ts'

/** Asks for the unit of a building that has several; the answer for the building stands below meanwhile. */
export function UnitQuestion({
  view: { page, state, t },
  answer,
}: ViewProps & { readonly answer: Answer }): ComponentChildren {
  const unit = answer.place?.unit
  if (unit !== 'needed' && unit !== 'unknown') return null
  return h(
    'form',
    {
      class: 'unit-question',
      method: 'post',
      action: `/?lang=${state.locale}`,
      onSubmit: (event: Event) => {
        event.preventDefault()
        void page.search()
      },
    },
    h('span', { class: 'notice-icon' }, h(Icon, { name: 'building', size: 24 })),
    h('p', {}, unit === 'needed' ? t.answer.unitNeeded : t.answer.unitUnknown),
    h('input', { type: 'hidden', name: 'entry', value: state.form.entry }),
    ...(['line', 'street', 'city', 'state', 'zip'] as const).map((name) =>
      h('input', { type: 'hidden', name: name === 'line' ? 'address' : name, value: state.form[name] }),
    ),
    h(
      'div',
      { class: 'unit-fields' },
      h('label', { for: 'unit-again' }, t.answer.unitLabel),
      h('input', {
        id: 'unit-again',
        name: 'unit',
        type: 'text',
        maxLength: 50,
        autocomplete: 'address-line2',
        value: state.form.unit,
        onInput: (event: Event & { currentTarget: HTMLInputElement }) => page.edit({ unit: event.currentTarget.value }),
      }),
      h('button', { type: 'submit', class: 'button-secondary' }, t.answer.unitSearch),
    ),
  )
}
