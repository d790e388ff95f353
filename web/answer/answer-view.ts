import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import { CorrectedNote } from '../search/corrected-note.ts'
import { MatchDetails } from '../search/match-details.ts'
import { StreetMapView } from '../map/street-map-view.ts'
import { UnitQuestion } from '../search/unit-question.ts'
import type { ViewProps } from '../page/view.ts'
import type { Answer } from '../search/search-stage.ts'
import { AnswerActions } from './answer-actions.ts'
import { CompareBar } from './compare-bar.ts'
import { CompareTable } from './compare-table.ts'
import { GlanceList } from './glance-list.ts'
import { arrangeProviders } from './listing.ts'
import { ListingControls } from './listing-controls.ts'
import { NobodyAdvice } from './nobody-advice.ts'
import { ProviderCard } from './provider-card.ts'
import { summarizeAnswer } from './summarize-answer.ts'
import { UnknownList } from './unknown-list.ts'

/** The whole answer: where the address is, who serves it, what is not known. */
export function AnswerView({ view, answer }: ViewProps & { readonly answer: Answer }): ComponentChildren {
  const { state, t } = view
  const shown = arrangeProviders(answer.providers, state.listing)
  const isEmpty = answer.providers.length === 0
  return h(
    'section',
    { class: 'answer', 'aria-labelledby': 'outcome-heading' },
    h(
      'div',
      { class: 'answer-head' },
      h('p', { class: 'answer-address' }, h(Icon, { name: 'pin' }), answer.serviceAddress),
      h(CorrectedNote, { view, answer }),
      h(
        'h2',
        { id: 'outcome-heading', tabIndex: -1 },
        isEmpty ? t.answer.nobody['heading'] : t.answer.results(answer.providers.length),
      ),
      !isEmpty &&
        h(
          'ul',
          { class: 'answer-summary' },
          summarizeAnswer(answer.providers, t).map((sentence) => h('li', { key: sentence }, sentence)),
        ),
    ),
    h(UnitQuestion, { view, answer }),
    h(
      'div',
      { class: 'answer-body' },
      h(
        'div',
        { class: 'answer-main' },
        isEmpty && h(NobodyAdvice, { view, answer }),
        answer.providers.length > 1 && [
          h(ListingControls, { key: 'controls', view, all: answer.providers, shownCount: shown.length }),
          h(GlanceList, { key: 'glance', view, providers: shown }),
        ],
        h(
          'ol',
          { class: 'providers' },
          shown.map((provider) => h('li', { key: provider.id }, h(ProviderCard, { view, provider }))),
        ),
        !isEmpty && h(UnknownList, { view, answer }),
      ),
      h(
        'aside',
        { class: 'answer-side', 'aria-label': t.answer.aside },
        !isEmpty && h(AnswerActions, { view, answer, shown }),
        h(StreetMapView, { view, place: answer.place }),
        h(MatchDetails, { view, answer }),
      ),
    ),
    h(CompareBar, { view }),
    h(CompareTable, { view, providers: answer.providers }),
  )
}
