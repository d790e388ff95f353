import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { ViewProps } from '../page/view.ts'
import type { AgentState, SearchStage } from './search-stage.ts'

const SECONDS_WORTH_SHOWING = 3
const LONG_SECONDS = 10

/** The agents at work, one line each, with room kept for the cards to come. */
export function WorkingAgents({
  view: { t, state },
  stage,
}: ViewProps & { readonly stage: SearchStage & { stage: 'working' } }): ComponentChildren {
  const isFound = stage.geocoding === 'matched'
  return h(
    'section',
    { class: 'working', 'aria-labelledby': 'outcome-heading', 'aria-busy': 'true' },
    h('h2', { id: 'outcome-heading', tabIndex: -1 }, t.working.heading),
    h(
      'ol',
      { class: 'agents' },
      h(AgentLine, {
        state: stage.geocoding,
        text: isFound ? t.working.found : t.working.finding,
        detail: stage.serviceAddress ?? '',
      }),
      h(AgentLine, { state: stage.internet, text: isFound ? t.working.asking : t.working.waiting, isIdle: !isFound }),
    ),
    h(
      'p',
      { class: 'hint elapsed' },
      state.elapsedSeconds >= SECONDS_WORTH_SHOWING ? t.working.elapsed(state.elapsedSeconds) : '\u00a0',
      state.elapsedSeconds >= LONG_SECONDS ? ` ${t.working.long}` : '',
    ),
    h(
      'div',
      { class: 'skeletons', 'aria-hidden': 'true' },
      [1, 2, 3].map((key) => h('div', { key, class: 'skeleton' })),
    ),
  )
}

interface AgentLineProps {
  readonly state: AgentState
  readonly text: string
  readonly detail?: string | undefined
  readonly isIdle?: boolean
}

function AgentLine({ state, text, detail, isIdle }: AgentLineProps): ComponentChildren {
  const isDone = state !== 'pending'
  return h(
    'li',
    { class: isDone ? 'agent agent-done' : isIdle ? 'agent agent-idle' : 'agent agent-busy' },
    h('span', { class: 'agent-sign', 'aria-hidden': 'true' }, isDone && h(Icon, { name: 'check', size: 16 })),
    h('span', {}, text),
    detail !== undefined && h('span', { class: 'agent-detail' }, detail),
  )
}
