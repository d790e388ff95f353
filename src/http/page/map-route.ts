import { cellToBoundary } from 'h3-js'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { formatDisplayLine } from '../../address/index.ts'
import type { StreetParts } from '../../address/index.ts'
import type { Surroundings } from '../../dataset/streets/street-map.ts'
import type { Coordinates } from '../../lib/coordinates.ts'
import { groundSession } from '../../sessions/ground-session.ts'
import { getSession } from '../../sessions/get-session.ts'
import type { LookUps } from '../../sessions/look-ups.ts'
import type { Session } from '../../sessions/session.ts'
import { errorAnswers, SessionPath, successAnswer } from '../answer-schemas.ts'
import { renderEnvelope } from '../envelope.ts'
import { renderMeta, presentServiceAddress } from '../sessions/session-presenter.ts'
import { sendJson } from '../send-json.ts'
import { echoSessionToken } from '../sessions/session-routes.ts'
import type { SessionRequest, SessionRouteNeeds } from '../sessions/session-routes.ts'

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
        Type.Object({ type: Type.Literal('MultiPoint'), coordinates: Type.Array(Position) }),
        Type.Object({ type: Type.Literal('LineString'), coordinates: Type.Array(Position) }),
        Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Type.Array(Position)) }),
      ]),
      properties: Type.Object({ kind: Type.String({ enum: ['address', 'street', 'houses', 'hexagon'] }) }),
    }),
  ),
})

/**
 * `GET /sessions/{token}/map`: the surroundings of the session's address as GeoJSON, for drawing a map without any
 * tile server: streets (houses, where only address points are known), the sides of them that lie in the answer's block, the hexagon, the point with its uncertainty.
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
      const stored = await getSession(needs, gate.callerOf(request).accountId, echoSessionToken(request, reply))
      const current = lookUps(gate.kindOf(request))
      const session = groundSession(stored, current)
      return sendJson(
        reply,
        200,
        renderEnvelope({
          message: `Map of ${presentServiceAddress(session)}`,
          requestStatus: 'ok',
          data: JSON.stringify({ type: 'FeatureCollection', features: drawFeatures(session, current) }),
          meta: renderMeta(session, current, clock()),
        }),
      )
    },
  )
}

function drawFeatures({ geocoding }: Session, { streetMap, findInternet }: LookUps): object[] {
  if (geocoding?.outcome === 'multiple') {
    const places = geocoding.candidates.map(({ place }) => place)
    const query = { radiusMeters: CANDIDATE_RADIUS_METERS, limit: MAX_EDGES }
    const around = streetMap.findSurroundings(
      places.map((place) => place.coordinates),
      query,
    )
    return [...places.map(drawAddress), ...drawSurroundings(around, undefined)]
  }
  if (geocoding?.outcome !== 'matched') return []
  const { place } = geocoding.candidate
  const internet = findInternet(place)
  const precision = internet.outcome === 'matched' ? internet.area.precision : undefined
  const around = streetMap.findSurroundings([place.coordinates], {
    radiusMeters: RADIUS_METERS,
    blockGeoid: precision === 'hexagon' ? undefined : place.blockGeoid,
    limit: MAX_EDGES,
  })
  return [
    drawAddress(place),
    ...(precision === 'block' ? [] : [drawHexagon(place.h3)]),
    ...drawSurroundings(around, place.serviceAddress),
  ]
}

function drawSurroundings({ edges, houses }: Surroundings, serviceAddress: string | undefined): object[] {
  const own = findOwnStreet(serviceAddress, [...edges, ...houses])
  return [
    ...edges.map(({ street, line, blockSides }) => ({
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: line.map(toPosition) },
      properties: { kind: 'street', name: nameStreet(street), is_own: isSame(street, own), block_sides: blockSides },
    })),
    ...houses.map(({ street, points }) => ({
      type: 'Feature',
      geometry: { type: 'MultiPoint', coordinates: points.map(toPosition) },
      properties: { kind: 'houses', name: nameStreet(street), is_own: isSame(street, own) },
    })),
  ]
}

/** The street with the longest name that the address line names: `29090 TIFFANY DR E, …` is on `TIFFANY DR E`. */
function findOwnStreet(
  serviceAddress: string | undefined,
  around: readonly { readonly street: StreetParts }[],
): StreetParts | undefined {
  const deliveryLine = ` ${serviceAddress?.split(',')[0] ?? ''} `
  return around
    .map(({ street }) => street)
    .filter((street) => deliveryLine.includes(` ${formatStreetLine(street)} `))
    .toSorted((a, b) => formatStreetLine(b).length - formatStreetLine(a).length)[0]
}

function isSame(street: StreetParts, own: StreetParts | undefined): boolean {
  return own !== undefined && formatStreetLine(street) === formatStreetLine(own)
}

function formatStreetLine({ predirectional, pretype, streetName, suffix, postdirectional }: StreetParts): string {
  return [predirectional, pretype, streetName, suffix, postdirectional].filter(Boolean).join(' ')
}

function nameStreet(street: StreetParts): string {
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

/** GeoJSON has the longitude first. */
function toPosition({ longitude, latitude }: Coordinates): [number, number] {
  return [longitude, latitude]
}
