import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import { Notice } from './notice.ts'

/** What the API misses in the address, field by field. */
export function RefusedNotice({
  view: { page, t, state },
  fields,
}: ViewProps & { readonly fields: Readonly<Record<string, readonly string[]>> }): ComponentChildren {
  const named = Object.keys(fields).filter((field) => field in t.refused.fields)
  return h(
    Notice,
    { icon: 'info', heading: t.refused.heading },
    h(
      'ul',
      { class: 'plain-list' },
      (named.length === 0 || 'base' in fields) && h('li', {}, t.refused.base),
      named.map((field) => h('li', { key: field }, t.refused.fields[field])),
    ),
    state.form.entry === 'line' &&
      h(
        'p',
        { class: 'needs-script' },
        h(
          'button',
          { type: 'button', class: 'button-secondary', onClick: () => page.enterByParts() },
          t.unmatched.fields,
        ),
      ),
  )
}
