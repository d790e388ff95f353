import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { Strings } from '../strings/en.ts'

const THEMES = ['auto', 'light', 'dark'] as const
const ICONS = { auto: 'auto', light: 'sun', dark: 'moon' } as const

/** Light, dark, or as the device has it. The choice is made and kept by `theme.ts`, which listens for its events. */
export function ThemeChoice({ t }: { readonly t: Strings }): ComponentChildren {
  return h(
    'details',
    { class: 'theme-choice needs-script' },
    h('summary', { 'aria-label': t.theme.label, title: t.theme.label }, h(Icon, { name: 'sun' })),
    h(
      'div',
      { class: 'menu', role: 'group', 'aria-label': t.theme.label },
      THEMES.map((theme) =>
        h(
          'button',
          { key: theme, type: 'button', 'data-set-theme': theme },
          h(Icon, { name: ICONS[theme], size: 18 }),
          t.theme[theme],
        ),
      ),
    ),
  )
}
