import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import type { Answer } from '../search/search-stage.ts'

/** Where nobody reports service: what that means, and what one can do about it. */
export function NobodyAdvice({ view: { t }, answer }: ViewProps & { readonly answer: Answer }): ComponentChildren {
  const { advice } = t.answer
  return h(
    'section',
    { class: 'nobody', 'aria-labelledby': 'nobody-heading' },
    h('p', { class: 'nobody-reason' }, t.answer.nobody[answer.reason ?? 'nobody_filed']),
    h('h3', { id: 'nobody-heading' }, advice.heading),
    h(
      'ul',
      { class: 'plain-list' },
      h('li', {}, advice.address),
      answer.reason !== 'agent_failed' && h('li', {}, advice.ask),
      answer.reason !== 'agent_failed' && h('li', {}, advice.challenge),
    ),
  )
}
