import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import { PlacesMap } from '../map/places-map.ts'
import type { ViewProps } from '../page/view.ts'
import type { Candidate } from './search-stage.ts'
import { toTitleCase } from './title-case.ts'

/** The places that an address fits, with the words set off that tell them apart, and where they lie. */
export function CandidateChoice({
  view,
  candidates,
}: ViewProps & { readonly candidates: readonly Candidate[] }): ComponentChildren {
  const { page, state, t } = view
  const common = commonWords(candidates.map(({ serviceAddress }) => toTitleCase(serviceAddress)))
  return h(
    'section',
    { class: 'choice', 'aria-labelledby': 'outcome-heading' },
    h('h2', { id: 'outcome-heading', tabIndex: -1 }, t.choosing.heading(candidates.length)),
    h('p', { class: 'hint' }, t.choosing.text),
    h(
      'div',
      { class: 'choice-body' },
      h(
        'ol',
        { class: 'candidates' },
        candidates.map((candidate, index) =>
          h(
            'li',
            { key: candidate.id },
            h(
              'form',
              {
                method: 'post',
                action: `/?lang=${state.locale}`,
                onSubmit: (event: Event) => {
                  event.preventDefault()
                  void page.choose(candidate.id)
                },
              },
              h('input', { type: 'hidden', name: 'entry', value: 'line' }),
              h('input', { type: 'hidden', name: 'address', value: candidate.serviceAddress }),
              h('input', { type: 'hidden', name: 'unit', value: state.form.unit }),
              h(
                'button',
                { type: 'submit', class: 'candidate' },
                h('span', { class: 'candidate-number', 'aria-hidden': 'true' }, index + 1),
                h('span', { class: 'candidate-line' }, ...setOff(toTitleCase(candidate.serviceAddress), common)),
                h(Icon, { name: 'chevron' }),
              ),
            ),
          ),
        ),
      ),
      h(PlacesMap, { view, candidates }),
    ),
  )
}

/** Words that every line has. */
function commonWords(lines: readonly string[]): Set<string> {
  const [first, ...others] = lines.map((line) => new Set(line.split(/[\s,]+/)))
  return new Set([...(first ?? [])].filter((word) => others.every((words) => words.has(word))))
}

function setOff(line: string, common: ReadonlySet<string>): ComponentChildren[] {
  return line.split(/([\s,]+)/).map((part) => (/^[\s,]*$/.test(part) || common.has(part) ? part : h('mark', {}, part)))
}
