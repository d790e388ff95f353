import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import { Notice } from './notice.ts'
import type { SearchStage } from './search-stage.ts'

/** A search that got no answer, and when to try again. */
export function StoppedNotice({
  view: { page, t },
  stage,
}: ViewProps & { readonly stage: SearchStage & { stage: 'stopped' } }): ComponentChildren {
  const { retryAfterSeconds } = stage
  return h(
    Notice,
    { icon: 'warning', heading: t.stopped.heading },
    h(
      'p',
      {},
      t.stopped[stage.cause],
      retryAfterSeconds === undefined ? '' : ` ${t.stopped.retryIn(retryAfterSeconds)}`,
    ),
    h(
      'p',
      { class: 'needs-script' },
      h('button', { type: 'button', class: 'button-secondary', onClick: () => void page.search() }, t.stopped.again),
    ),
  )
}
