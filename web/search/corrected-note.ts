import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import type { Answer } from './search-stage.ts'

const CHANGED = new Set(['corrected', 'wrong'])

/** Says at the top which parts of the address are not as they were written, since the answer may then be for another home. */
export function CorrectedNote({
  view: { t, format },
  answer,
}: ViewProps & { readonly answer: Answer }): ComponentChildren {
  const parts = Object.entries(answer.place?.parts ?? {}).flatMap(([part, result]) =>
    CHANGED.has(result) ? [t.match.parts[part] ?? part] : [],
  )
  if (parts.length === 0) return null
  return h('p', { class: 'corrected' }, t.match.corrected(format.list(parts.map(inSentence))))
}

/** `Street` as it stands within a sentence; `ZIP code` stays. */
function inSentence(part: string): string {
  return /^\p{Lu}{2}/u.test(part) ? part : part.charAt(0).toLowerCase() + part.slice(1)
}
