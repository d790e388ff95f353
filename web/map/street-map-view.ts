import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { Icon } from '../icons.ts'
import type { ViewProps } from '../page/view.ts'
import type { Place } from '../search/search-stage.ts'
import { MapDrawing } from './map-drawing.ts'

const MOST_NAMES = 8
const CLOSEST = 4

/** The true area of the answer, drawn, and the same in words. Keeps its room while the map is on its way. */
export function StreetMapView({ view, place }: ViewProps & { readonly place?: Place | undefined }): ComponentChildren {
  const { page, state, t, format } = view
  const { map, mapZoom } = state
  if (place === undefined) return null
  const streets = [...(map?.streets ?? []), ...(map?.houses ?? [])]
  const own = streets.find(({ isOwn }) => isOwn)?.name
  const names = [...new Set(streets.filter(({ name, isOwn }) => name !== '' && !isOwn).map(({ name }) => name))]
  const hasBlock = map?.streets.some(({ blockSides }) => blockSides.length > 0)
  return h(
    'figure',
    { class: 'map' },
    h(
      'div',
      { class: 'map-frame' },
      map !== undefined &&
        h(MapDrawing, { map, name: t.map.image, describedBy: 'map-text', zoom: mapZoom, isNumbered: false }),
      h(
        'div',
        { class: 'map-zoom needs-script' },
        h(
          'button',
          {
            type: 'button',
            'aria-label': t.map.closer,
            disabled: mapZoom >= CLOSEST,
            onClick: () => page.change({ mapZoom: mapZoom * 2 }),
          },
          '+',
        ),
        h(
          'button',
          {
            type: 'button',
            'aria-label': t.map.farther,
            disabled: mapZoom <= 1,
            onClick: () => page.change({ mapZoom: mapZoom / 2 }),
          },
          '−',
        ),
      ),
    ),
    h(
      'figcaption',
      { id: 'map-text' },
      h('h3', {}, t.map.heading),
      h(
        'ul',
        { class: 'map-key' },
        h('li', {}, h('span', { class: 'key key-hexagon', 'aria-hidden': 'true' }), t.map.key.hexagon),
        h(
          'li',
          {},
          h('span', { class: 'key key-point', 'aria-hidden': 'true' }),
          t.map.key.point(place.uncertaintyMeters),
        ),
        // Has its room before the map is there, so that nothing below moves when it comes.
        h(
          'li',
          { class: hasBlock ? undefined : 'key-unused' },
          h('span', { class: 'key key-block', 'aria-hidden': 'true' }),
          t.map.key.block,
        ),
      ),
      h(
        'details',
        { class: 'map-words' },
        h('summary', {}, h(Icon, { name: 'info', size: 16 }), t.map.inWords),
        h(
          'p',
          {},
          [
            own && t.map.own(own),
            names.length > 0 && t.map.around(format.list(names.slice(0, MOST_NAMES))),
            t.map.hexagon,
            hasBlock && t.map.block,
            t.map.point(place.uncertaintyMeters),
            t.map.north,
          ]
            .filter(Boolean)
            .join(' '),
        ),
      ),
    ),
  )
}
