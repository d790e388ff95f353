import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'

/** Whose data this is, as the licences ask, and which version of it answers. */
export function SiteFooter({ view: { t, state } }: ViewProps): ComponentChildren {
  const { attributions, dataSet, isSandbox } = state.site
  return h(
    'footer',
    { class: 'site-footer' },
    h(
      'div',
      { class: 'site-footer-inner' },
      h(
        'nav',
        { class: 'footer-nav', 'aria-label': t.footer.nav },
        h('a', { href: `/quick-start?lang=${state.locale}` }, t.quickStart),
        h('a', { href: '/docs' }, t.apiReference),
      ),
      h('p', {}, t.footer.own),
      h(
        'p',
        {},
        t.footer.dataSet(dataSet),
        isSandbox ? ` (${t.footer.sandbox})` : '',
        attributions.length > 0 ? ` · ${t.footer.sources}: ${attributions.join(' · ')}` : '',
      ),
    ),
  )
}
