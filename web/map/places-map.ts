import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { ViewProps } from '../page/view.ts'
import type { Candidate } from '../search/search-stage.ts'
import { MapDrawing } from './map-drawing.ts'
import type { StreetMap } from './street-map.ts'

/** Several places on one small map, numbered as in the list beside it. */
export function PlacesMap({
  view: { state, t },
  candidates,
}: ViewProps & { readonly candidates: readonly Candidate[] }): ComponentChildren {
  if (candidates.length === 0) return null
  const map: StreetMap = {
    streets: state.map?.streets.map((street) => ({ ...street, blockSides: [] })) ?? [],
    houses: state.map?.houses ?? [],
    hexagon: [],
    points: candidates.map(({ latitude, longitude, serviceAddress }) => ({
      position: [longitude, latitude],
      name: serviceAddress,
      uncertaintyMeters: 0,
    })),
  }
  return h(
    'figure',
    { class: 'map map-small' },
    h(
      'div',
      { class: 'map-frame' },
      h(MapDrawing, { map, name: t.choosing.map, describedBy: 'outcome-heading', zoom: 1, isNumbered: true }),
    ),
  )
}
