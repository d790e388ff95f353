import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { Strings } from '../strings/en.ts'
import type { Offering } from './answer.ts'

const ICONS = { available: 'check', likely: 'likely', possible: 'possible', disputed: 'warning' } as const

/**
 * The verdict as a word with a sign, never as color alone. Where the provider itself says no, no word of the filings'
 * stands alone: it is disputed.
 */
export function VerdictChip({ offering, t }: { readonly offering: Offering; readonly t: Strings }): ComponentChildren {
  const verdict = offering.confirmation?.result === 'refused' ? 'disputed' : offering.verdict
  if (verdict === undefined) return null
  return h(
    'span',
    { class: `verdict verdict-${verdict}` },
    h(Icon, { name: ICONS[verdict], size: 15 }),
    t.verdicts[verdict],
  )
}
