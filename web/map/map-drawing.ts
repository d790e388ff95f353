import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { placeLabels } from './map-labels.ts'
import { besideLine, middleOf, projectAround, toPath } from './projection.ts'
import type { PlanePoint } from './projection.ts'
import type { MapPoint, Position, StreetMap } from './street-map.ts'

const SMALLEST_HALF_METERS = 180
/** From the street's middle to the band that marks a side. */
const SIDE_METERS = 11

interface MapDrawingProps {
  readonly map: StreetMap
  /** What a screen reader calls the picture. */
  readonly name: string
  /** Ids of the text that says the same. */
  readonly describedBy: string
  /** 1 shows everything, 2 and 4 come closer to the first point. */
  readonly zoom: number
  /** Numbers on the points, where there are several to choose from. */
  readonly isNumbered: boolean
}

/** Streets, area and points as a drawing; no tile, no foreign server. One unit is a metre. */
export function MapDrawing({ map, name, describedBy, zoom, isNumbered }: MapDrawingProps): ComponentChildren {
  const pointPositions = map.points.map(({ position }) => position)
  const area = [...map.hexagon, ...pointPositions]
  const whole = middleOf(area)
  const middle = zoom > 1 ? (pointPositions[0] ?? whole) : whole
  const project = projectAround(middle)
  const fromWhole = projectAround(whole)
  const half = Math.max(
    SMALLEST_HALF_METERS,
    ...map.hexagon.map(fromWhole).flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]),
    ...map.points.flatMap(({ position, uncertaintyMeters }) => {
      const { x, y } = fromWhole(position)
      return [Math.abs(x) + uncertaintyMeters, Math.abs(y) + uncertaintyMeters]
    }),
  )
  const halfWidth = (half * (isNumbered ? 1.35 : 1.12)) / zoom
  const fontSize = halfWidth / 13
  const streets = map.streets.map((street) => ({ ...street, points: street.line.map(project) }))
  const houseLines = map.houses.map((houses) => ({ ...houses, points: spanHouses(houses.positions.map(project)) }))
  const path = (line: readonly Position[], isClosed: boolean) => toPath(line.map(project), isClosed)

  return h(
    'svg',
    {
      class: 'map-drawing',
      viewBox: `${-halfWidth} ${-halfWidth} ${2 * halfWidth} ${2 * halfWidth}`,
      role: 'img',
      'aria-label': name,
      'aria-describedby': describedBy,
    },
    map.hexagon.length > 0 && h('path', { class: 'map-hexagon', d: path(map.hexagon, true) }),
    map.houses.map(({ name: street, positions, isOwn }) =>
      h('path', {
        key: street,
        class: isOwn ? 'map-houses map-houses-own' : 'map-houses',
        // A line without length is drawn as a dot by its round ends.
        d: positions.map((position) => `${toPath([project(position)])}h0`).join(''),
      }),
    ),
    streets.map(({ points }, index) =>
      h('path', { key: `under${index}`, class: 'map-street-edge', d: toPath(points) }),
    ),
    streets.map(({ points, isOwn }, index) =>
      h('path', {
        key: `street${index}`,
        class: isOwn ? 'map-street map-street-own' : 'map-street',
        d: toPath(points),
      }),
    ),
    streets.flatMap(({ points, blockSides }, index) =>
      blockSides.map((side) =>
        h('path', {
          key: `${side}${index}`,
          class: 'map-block-side',
          d: toPath(besideLine(points, side === 'left' ? SIDE_METERS : -SIDE_METERS)),
        }),
      ),
    ),
    placeLabels([...streets, ...houseLines], pointPositions.map(project), { halfWidth, fontSize }).map((label) =>
      h(
        'text',
        {
          key: label.name,
          class: label.isOwn ? 'map-label map-label-own' : 'map-label',
          'font-size': fontSize,
          transform: `translate(${label.x.toFixed(1)} ${label.y.toFixed(1)}) rotate(${label.angle.toFixed(1)})`,
          dy: '-0.5em',
        },
        label.name,
      ),
    ),
    map.points.map((point, index) =>
      h(Point, { key: index, point, project, halfWidth, number: isNumbered ? index + 1 : undefined }),
    ),
  )
}

/** From one end of a row of houses to the other: where a street's name can stand that has no line. */
function spanHouses(points: readonly PlanePoint[]): PlanePoint[] {
  const [first] = points
  if (first === undefined) return []
  const farthestFrom = (start: PlanePoint) =>
    points.reduce((far, next) => (distance(start, next) > distance(start, far) ? next : far), start)
  const end = farthestFrom(first)
  return [end, farthestFrom(end)]
}

function distance(a: PlanePoint, b: PlanePoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

interface PointProps {
  readonly point: MapPoint
  readonly project: ReturnType<typeof projectAround>
  readonly halfWidth: number
  readonly number?: number | undefined
}

/** The circle that the building may be in, with a dot that is no bigger than it has to be to be seen. */
function Point({ point, project, halfWidth, number }: PointProps): ComponentChildren {
  const { x, y } = project(point.position)
  return h(
    'g',
    { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
    number === undefined &&
      h('circle', { class: 'map-uncertainty', r: Math.max(point.uncertaintyMeters, halfWidth / 30) }),
    h('circle', { class: 'map-point', r: halfWidth / (number === undefined ? 55 : 14) }),
    number !== undefined &&
      h('text', { class: 'map-point-number', 'font-size': halfWidth / 12, dy: '0.35em' }, String(number)),
  )
}
