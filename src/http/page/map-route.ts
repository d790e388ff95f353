import { cellToBoundary } from 'h3-js'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { formatDisplayLine } from '../../address/index.ts'
import type { MappedEdge } from '../../dataset/street-map.ts'
import type { Coordinates } from '../../lib/coordinates.ts'
import { getSession } from '../../sessions/get-session.ts'
import type { LookUps } from '../../sessions/look-ups.ts'
import type { Session } from '../../sessions/session.ts'
import { errorAnswers, SessionPath, successAnswer } from '../answer-schemas.ts'
import { renderEnvelope } from '../envelope.ts'
import { presentMeta, presentServiceAddress } from '../session-presenter.ts'
import { echoSessionToken, sendJson } from '../session-routes.ts'
import type { SessionRequest, SessionRouteNeeds } from '../session-routes.ts'

/** From a hexagon's middle to its corner, with some room. */
const RADIUS_METERS = 700
const MAX_EDGES = 600
/** The map of several candidates shows less around each. */
const CANDIDATE_RADIUS_METERS = 250

const Position = Type.Array(Type.Number())

const Data = Type.Object({
  type: Type.Literal('FeatureCollection'),
  features: Type.Array(
    Type.Object({
      type: Type.Literal('Feature'),
      geometry: Type.Union([
        Type.Object({ type: Type.Literal('Point'), coordinates: Position }),
        Type.Object({ type: Type.Literal('LineString'), coordinates: Type.Array(Position) }),
        Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Type.Array(Position)) }),
      ]),
      properties: Type.Object({ kind: Type.String({ enum: ['address', 'street', 'hexagon'] }) }),
    }),
  ),
})

/**
 * `GET /sessions/{token}/map`: the surroundings of the session's address as GeoJSON, for drawing a map without any
 * tile server: streets, the sides of them that lie in the answer's block, the hexagon, the point with its uncertainty.
 */
export function routeMap(server: FastifyInstance, needs: SessionRouteNeeds): void {
  const { gate, clock, lookUps } = needs
  server.get(
    '/sessions/:token/map',
    {
      schema: {
        operationId: 'getMap',
        tags: ['Sessions'],
        summary: 'Get Map',
        description:
          'The streets around the address and the area that the answer is for, as GeoJSON from the data set itself.',
        params: SessionPath,
        response: {
          200: successAnswer('What lies around the address; nothing while it is not found.', Data),
          ...errorAnswers(400, 401, 404, 406, 410, 429, 500, 503),
        },
      },
    },
    async (request: SessionRequest, reply) => {
      const session = await getSession(needs, gate.accountOf(request), echoSessionToken(request, reply))
      const current = lookUps()
      return sendJson(
        reply,
        200,
        renderEnvelope({
          message: `Map of ${presentServiceAddress(session)}`,
          requestStatus: 'ok',
          data: JSON.stringify({ type: 'FeatureCollection', features: drawFeatures(session, current) }),
          meta: presentMeta(session, current, clock()),
        }),
      )
    },
  )
}

function drawFeatures({ geocoding }: Session, { streetMap, findInternet }: LookUps): object[] {
  if (geocoding?.outcome === 'multiple') {
    const points = geocoding.candidates.map(({ place }) => place)
    const coordinates = points.map((place) => place.coordinates)
    const edges = streetMap.findEdges(coordinates, { radiusMeters: CANDIDATE_RADIUS_METERS, limit: MAX_EDGES })
    return [...points.map(drawAddress), ...edges.map((edge) => drawStreet(edge, false))]
  }
  if (geocoding?.outcome !== 'matched') return []
  const { place } = geocoding.candidate
  const internet = findInternet(place)
  const precision = internet.outcome === 'matched' ? internet.area.precision : undefined
  const blockGeoid = precision === 'hexagon' ? undefined : place.blockGeoid
  const edges = streetMap.findEdges([place.coordinates], {
    radiusMeters: RADIUS_METERS,
    blockGeoid,
    limit: MAX_EDGES,
  })
  const own = nameOwnStreet(place.serviceAddress, edges)
  return [
    drawAddress(place),
    ...(precision === 'block' ? [] : [drawHexagon(place.h3)]),
    ...edges.map((edge) => drawStreet(edge, nameStreet(edge) === own)),
  ]
}

/** The longest street name that the address line names: `29090 TIFFANY DR E, …` is on `TIFFANY DR E`. */
function nameOwnStreet(serviceAddress: string, edges: readonly MappedEdge[]): string | undefined {
  const [deliveryLine = ''] = serviceAddress.split(',')
  const names = new Map(edges.map((edge) => [formatStreetLine(edge), nameStreet(edge)]))
  const found = [...names.keys()]
    .filter((line) => ` ${deliveryLine} `.includes(` ${line} `))
    .toSorted((a, b) => b.length - a.length)[0]
  return found && names.get(found)
}

function formatStreetLine({ street }: MappedEdge): string {
  const { predirectional, pretype, streetName, suffix, postdirectional } = street
  return [predirectional, pretype, streetName, suffix, postdirectional].filter(Boolean).join(' ')
}

function nameStreet({ street }: MappedEdge): string {
  return formatDisplayLine(street)
}

function drawAddress(place: {
  readonly coordinates: Coordinates
  readonly serviceAddress: string
  readonly uncertaintyMeters: number
}): object {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: toPosition(place.coordinates) },
    properties: { kind: 'address', name: place.serviceAddress, uncertainty_meters: place.uncertaintyMeters },
  }
}

function drawHexagon(h3: string): object {
  return {
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates: [cellToBoundary(h3, true)] },
    properties: { kind: 'hexagon', h3 },
  }
}

function drawStreet(edge: MappedEdge, isOwn: boolean): object {
  return {
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: edge.line.map(toPosition) },
    properties: { kind: 'street', name: nameStreet(edge), is_own: isOwn, block_sides: edge.blockSides },
  }
}

/** GeoJSON has the longitude first. */
function toPosition({ longitude, latitude }: Coordinates): [number, number] {
  return [longitude, latitude]
}
