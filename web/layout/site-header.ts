import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import { ThemeChoice } from './theme-choice.ts'

/** The mark: three bars that hum. */
function Mark(): ComponentChildren {
  return h(
    'svg',
    { class: 'mark', viewBox: '0 0 32 32', width: 28, height: 28, 'aria-hidden': 'true', focusable: 'false' },
    h('rect', { width: 32, height: 32, rx: 9, class: 'mark-ground' }),
    h('path', { class: 'mark-bars', d: 'M8.5 12.5v7M13.5 8v16M18.5 11v10M23.5 14v4' }),
  )
}

/** Name, ways to the other pages, language and colors. */
export function SiteHeader({ view: { page, t, state } }: ViewProps): ComponentChildren {
  const other = state.locale === 'en' ? 'es' : 'en'
  return h(
    'header',
    { class: 'site-header' },
    h('a', { class: 'skip', href: '#main' }, t.skipToContent),
    h(
      'div',
      { class: 'site-header-inner' },
      h(
        'a',
        { class: 'brand', href: `/?lang=${state.locale}`, 'aria-label': t.home },
        h(Mark, {}),
        h('span', {}, 'Hum'),
      ),
      h(
        'nav',
        { class: 'site-nav', 'aria-label': 'Hum' },
        h('a', { href: `/quick-start?lang=${state.locale}` }, t.quickStart),
        h('a', { href: '/docs' }, t.apiReference),
      ),
      h(
        'div',
        { class: 'site-tools' },
        h(
          'a',
          {
            class: 'language',
            href: `?lang=${other}`,
            hreflang: other,
            lang: other,
            onClick: (event: Event) => {
              event.preventDefault()
              void page.speak(other)
            },
          },
          t.otherLanguage,
        ),
        h(ThemeChoice, { t }),
      ),
    ),
  )
}
