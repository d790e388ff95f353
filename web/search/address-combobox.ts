import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { View, ViewProps } from '../page/view.ts'
import type { Suggestion } from './read-suggestion.ts'

type InputEventOf = Event & { currentTarget: HTMLInputElement }

/**
 * The address in one line with suggestions, after the combobox pattern of the ARIA Authoring Practices: focus stays in
 * the field, `aria-activedescendant` names the option that the arrow keys are on, Enter takes it, Escape closes the list.
 */
export function AddressCombobox({ view }: ViewProps): ComponentChildren {
  const { page, state, t } = view
  const { items, active } = state.suggestions
  const isOpen = state.suggestions.isOpen && items.length > 0
  return h(
    'div',
    { class: 'field field-address' },
    h('label', { for: 'address' }, t.form.address),
    h('input', {
      id: 'address',
      name: 'address',
      type: 'text',
      role: 'combobox',
      'aria-expanded': isOpen,
      'aria-controls': 'address-options',
      'aria-autocomplete': 'list',
      'aria-describedby': 'address-status',
      ...(isOpen && active !== undefined && { 'aria-activedescendant': `address-option-${active}` }),
      autocomplete: 'off',
      autocapitalize: 'words',
      spellcheck: false,
      enterKeyHint: 'search',
      maxLength: 200,
      placeholder: t.form.addressHint,
      value: state.form.line,
      onInput: (event: InputEventOf) => void page.typeLine(event.currentTarget.value),
      onKeyDown: (event: KeyboardEvent) => onKeyDown(event, view, isOpen),
      onBlur: () => page.closeSuggestions(),
    }),
    h(
      'ul',
      { id: 'address-options', class: 'options', role: 'listbox', 'aria-label': t.form.suggestions, hidden: !isOpen },
      isOpen && items.map((item, index) => h(Option, { key: item.line, view, item, index })),
    ),
    h(
      'p',
      { id: 'address-status', class: 'visually-hidden', role: 'status' },
      state.suggestions.isOpen && state.suggestions.answeredFor !== undefined ? t.suggestionCount(items.length) : '',
    ),
  )
}

function Option({
  view: { page, state, t },
  item,
  index,
}: ViewProps & { readonly item: Suggestion; readonly index: number }): ComponentChildren {
  return h(
    'li',
    {
      id: `address-option-${index}`,
      role: 'option',
      'aria-selected': state.suggestions.active === index,
      // The field keeps the focus, so that a press of the mouse does not close the list before it counts.
      onMouseDown: (event: Event) => event.preventDefault(),
      onClick: () => page.pick(item),
    },
    h(Icon, { name: 'pin', size: 18 }),
    h('span', {}, ...markAdded(item.line, state.form.line)),
    !item.isComplete && h('span', { class: 'option-note' }, t.streetOnly),
  )
}

/** Sets off what the list adds to what was typed, word by word. */
function markAdded(line: string, typed: string): ComponentChildren[] {
  const typedWords = typed.toUpperCase().split(/[\s,.]+/)
  return line.split(/(\s+)/).map((word) => {
    const begun = typedWords.filter((start) => start !== '' && word.toUpperCase().startsWith(start))
    const length = Math.max(0, ...begun.map((start) => start.length))
    return [word.slice(0, length), length < word.length && h('b', {}, word.slice(length))]
  })
}

function onKeyDown(event: KeyboardEvent, { page, state }: View, isOpen: boolean): void {
  const { items, active } = state.suggestions
  if (event.isComposing) return
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (items.length === 0) return
    event.preventDefault()
    page.moveActive(event.key === 'ArrowDown' ? 1 : -1)
  } else if (event.key === 'Enter' && isOpen && active !== undefined) {
    const item = items[active]
    if (item === undefined) return
    event.preventDefault()
    page.pick(item)
  } else if (event.key === 'Escape' && isOpen) {
    event.preventDefault()
    page.closeSuggestions()
  }
}
