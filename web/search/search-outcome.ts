import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { AnswerView } from '../answer/answer-view.ts'
import type { ViewProps } from '../page/view.ts'
import { CandidateChoice } from './candidate-choice.ts'
import { StoppedNotice } from './stopped-notice.ts'
import { UnmatchedNotice } from './unmatched-notice.ts'
import { RefusedNotice } from './refused-notice.ts'
import { WorkingAgents } from './working-agents.ts'

/** Whatever the search has come to. */
export function SearchOutcome({ view }: ViewProps): ComponentChildren {
  const { search } = view.state
  switch (search.stage) {
    case 'idle':
      return null
    case 'working':
      return h(WorkingAgents, { view, stage: search })
    case 'choosing':
      return h(CandidateChoice, { view, candidates: search.candidates })
    case 'unmatched':
      return h(UnmatchedNotice, { view, stage: search })
    case 'refused':
      return h(RefusedNotice, { view, stage: search })
    case 'stopped':
      return h(StoppedNotice, { view, stage: search })
    case 'answered':
      return h(AnswerView, { view, answer: search.answer })
  }
}
