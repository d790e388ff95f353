import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { IconName } from '../icons.ts'

/** A box that says what stands in the way and what to do. Its heading takes the focus when it appears. */
export function Notice({
  icon,
  heading,
  children,
}: {
  readonly icon: IconName
  readonly heading: string
  readonly children?: ComponentChildren
}): ComponentChildren {
  return h(
    'section',
    { class: 'notice', 'aria-labelledby': 'outcome-heading' },
    h('span', { class: 'notice-icon' }, h(Icon, { name: icon, size: 26 })),
    h('div', { class: 'notice-body' }, h('h2', { id: 'outcome-heading', tabIndex: -1 }, heading), children),
  )
}
