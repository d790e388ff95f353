import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { IconName } from '../icons.ts'
import type { ViewProps } from '../page/view.ts'
import type { Answer } from '../search/search-stage.ts'
import type { Provider } from './answer.ts'
import { copyText, linkToSearch, saveFile } from './hand-out.ts'
import { renderCsv, renderJson, renderText } from './render-answer.ts'

/** Ways to take the answer along: on paper, as text, as a file, as a link. Filters and order count for all but JSON. */
export function AnswerActions({
  view,
  answer,
  shown,
}: ViewProps & { readonly answer: Answer; readonly shown: readonly Provider[] }): ComponentChildren {
  const { page, state, t } = view
  const act = (icon: IconName, name: string, onClick: () => void) =>
    h('button', { type: 'button', class: 'button-quiet', onClick }, h(Icon, { name: icon, size: 17 }), name)
  const copy = (text: string, done: string) => {
    copyText(text).then(
      () => page.change({ notice: done }),
      () => page.change({ notice: t.copyFailed }),
    )
  }
  return h(
    'div',
    { class: 'answer-actions needs-script', role: 'group', 'aria-label': t.actions.downloads },
    act('print', t.actions.print, () => globalThis.print()),
    act('copy', t.actions.copy, () => copy(renderText(answer, shown, view), t.copied)),
    act('link', t.actions.link, () =>
      copy(
        linkToSearch(state.form, { origin: state.site.origin || location.origin, locale: state.locale }),
        t.linkCopied,
      ),
    ),
    act('download', t.actions.csv, () => saveFile('hum.csv', 'text/csv', renderCsv(answer, shown))),
    act('download', t.actions.json, () => saveFile('hum.json', 'application/json', renderJson(answer))),
    h('p', { class: 'notice-line', role: 'status' }, state.notice),
  )
}
