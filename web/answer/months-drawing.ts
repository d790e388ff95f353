import { h } from 'preact'
import type { ComponentChildren } from 'preact'

const PITCH = 5
const WIDTH = 3.5
const HEIGHT = 28

/** What falls due month by month, a bar each. The words beside it say the same in sums. */
export function MonthsDrawing({ monthsCents }: { readonly monthsCents: readonly number[] }): ComponentChildren {
  const most = Math.max(...monthsCents)
  return h(
    'svg',
    {
      class: 'months-drawing',
      viewBox: `0 0 ${monthsCents.length * PITCH} ${HEIGHT}`,
      width: monthsCents.length * PITCH,
      height: HEIGHT,
      'aria-hidden': 'true',
    },
    monthsCents.map((cents, index) => {
      const height = Math.max(1, (cents / most) * HEIGHT)
      return h('rect', {
        key: index,
        x: index * PITCH,
        y: (HEIGHT - height).toFixed(1),
        width: WIDTH,
        height: height.toFixed(1),
        rx: 1,
      })
    }),
  )
}
