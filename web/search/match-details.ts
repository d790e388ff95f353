import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import type { Answer } from './search-stage.ts'

/** How the address was matched, part by part, and how exactly its place is known. */
export function MatchDetails({ view: { t }, answer }: ViewProps & { readonly answer: Answer }): ComponentChildren {
  const { place } = answer
  if (place === undefined) return null
  const facts: (readonly [name: string, value: string | undefined])[] = [
    [t.match.block, place.blockGeoid],
    [t.match.hexagon, place.h3],
    [t.match.coordinates, `${place.latitude.toFixed(6)}, ${place.longitude.toFixed(6)}`],
    [t.match.dataSet, answer.dataSet],
  ]
  const parts = Object.entries(place.parts)
  return h(
    'details',
    { class: 'match' },
    h('summary', {}, t.match.heading),
    h(
      'p',
      {},
      h('b', {}, t.match.precision[place.precision] ?? place.precision),
      '. ',
      t.match.within(place.uncertaintyMeters),
    ),
    parts.length > 0 &&
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t.match.part), h('th', { scope: 'col' }, t.match.result))),
        h(
          'tbody',
          {},
          parts.map(([part, result]) =>
            h(
              'tr',
              { key: part },
              h('th', { scope: 'row' }, t.match.parts[part] ?? part),
              h('td', {}, t.match.results[result] ?? result),
            ),
          ),
        ),
      ),
    h(
      'dl',
      { class: 'facts' },
      facts.map(
        ([name, value]) => value !== undefined && h('div', { key: name }, h('dt', {}, name), h('dd', {}, value)),
      ),
    ),
  )
}
