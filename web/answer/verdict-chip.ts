import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { Strings } from '../strings/en.ts'
import type { Verdict } from './answer.ts'

const ICONS = { available: 'check', likely: 'likely', possible: 'possible' } as const

/** The verdict as a word with a sign, never as color alone. */
export function VerdictChip({ verdict, t }: { readonly verdict: Verdict; readonly t: Strings }): ComponentChildren {
  return h(
    'span',
    { class: `verdict verdict-${verdict}` },
    h(Icon, { name: ICONS[verdict], size: 15 }),
    t.verdicts[verdict],
  )
}
