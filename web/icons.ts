import { h } from 'preact'
import type { ComponentChildren } from 'preact'

const PATHS = {
  pin: 'M12 21s-7-6.2-7-11.5a7 7 0 0 1 14 0C19 14.8 12 21 12 21Zm0-9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  search: 'm20 20-4.2-4.2M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z',
  down: 'M12 4v15m0 0-6-6m6 6 6-6',
  up: 'M12 20V5m0 0-6 6m6-6 6 6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  likely: 'M5 14c2.5-4 4.5-4 7-2s4.5 2 7-2',
  possible: 'M9.2 9a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.2-1.5 2.4m0 3.2v.2',
  cross: 'm6 6 12 12M18 6 6 18',
  chevron: 'm6 9 6 6 6-6',
  print: 'M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  download: 'M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M4 20h16',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5',
  compare: 'M8 4v16M16 4v16M4 8h8M12 16h8',
  bookmark: 'M7 4h10v16l-5-4-5 4z',
  phone: 'M6 3h4l1.5 5-2.5 1.5a12 12 0 0 0 5.5 5.5L16 12.5l5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2Z',
  external: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 3v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4m0-12.8L17 7M7 17l-1.4 1.4',
  moon: 'M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5Z',
  auto: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 4v16',
  warning: 'M12 4 2.5 20h19L12 4Zm0 6v5m0 2.5v.2',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-10v6m0-9.5v.2',
  building: 'M5 21V4h10v17M15 9h4v12M3 21h18M8 8h1m2.5 0h1M8 12h1m2.5 0h1M8 16h1m2.5 0h1',
  satellite: 'm9 9 6 6M7.5 7.5 4 11l3 3 3.5-3.5m3-3L17 4l3 3-3.5 3.5M6 18a4 4 0 0 0 4 3m-7-3a7 7 0 0 0 7 6',
  plus: 'M12 5v14M5 12h14',
} as const

/** The drawings that the page uses; each stands beside words and is hidden from screen readers. */
export type IconName = keyof typeof PATHS

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }): ComponentChildren {
  return h(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' },
    h('path', { d: PATHS[name] }),
  )
}
