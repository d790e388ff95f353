import { h } from 'preact'
import type { ComponentChildren } from 'preact'

/** Up to here each home is a dot of its own; beyond, a bar. */
const MOST_DOTS = 26
const DOT_PITCH = 9
const DOTS_PER_ROW = 13
const BAR_WIDTH = 117

/** The share drawn: a dot a home, filled where the provider reports it. The words stand beside it. */
export function ShareDrawing({ filed, all }: { readonly filed: number; readonly all: number }): ComponentChildren {
  const columns = Math.min(all, DOTS_PER_ROW)
  const isDots = all <= MOST_DOTS
  const width = isDots ? columns * DOT_PITCH : BAR_WIDTH
  const height = isDots ? Math.ceil(all / DOTS_PER_ROW) * DOT_PITCH : DOT_PITCH
  return h(
    'svg',
    { class: 'share-drawing', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' },
    isDots
      ? Array.from({ length: all }, (_, index) =>
          h('circle', {
            key: index,
            class: index < filed ? 'share-filed' : 'share-open',
            cx: (index % DOTS_PER_ROW) * DOT_PITCH + DOT_PITCH / 2,
            cy: Math.floor(index / DOTS_PER_ROW) * DOT_PITCH + DOT_PITCH / 2,
            r: 3,
          }),
        )
      : [
          h('rect', { key: 'all', class: 'share-open', x: 0.5, y: 1.5, width: BAR_WIDTH - 1, height: 6, rx: 3 }),
          h('rect', {
            key: 'filed',
            class: 'share-filed',
            x: 0.5,
            y: 1.5,
            width: barWidth(filed, all),
            height: 6,
            rx: 3,
          }),
        ],
  )
}

/** Never nothing for something, never all for less than all. */
function barWidth(filed: number, all: number): number {
  const whole = BAR_WIDTH - 1
  if (filed >= all) return whole
  return Math.min(Math.max((whole * filed) / all, 6), whole - 4)
}
