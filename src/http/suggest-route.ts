import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Suggestion } from '../geocode/suggest.ts'
import type { Clock } from '../lib/clock.ts'
import type { CurrentLookUps } from '../sessions/look-ups.ts'
import { errorAnswers, Timestamp } from './answer-schemas.ts'
import type { CallerGate } from './caller-gate.ts'
import { toTimestamp } from './timestamp.ts'
import { sendJson } from './send-json.ts'

const Typed = Type.String({ minLength: 1, maxLength: 200, description: 'The address as far as it is typed.' })

const Nullable = Type.Union([Type.String(), Type.Null()])

const Answer = Type.Object({
  message: Type.String(),
  request_status: Type.Ref('request_status'),
  data: Type.Array(
    Type.Object({
      text: Type.String({ examples: ['29090 TIFFANY DR E, SOUTHFIELD, MI 48034'] }),
      primary_number: Nullable,
      street: Type.String(),
      city: Nullable,
      state: Type.String(),
      zip: Nullable,
    }),
  ),
  meta: Type.Object({ responded_at: Timestamp, hum_data_set: Type.String() }),
})

const ABOUT = {
  tags: ['Addresses'],
  response: {
    200: { description: 'At most ten completions.', content: { 'application/json': { schema: Answer } } },
    ...errorAnswers(400, 401, 406, 422, 429, 500, 503),
  },
} as const

/** Typing an address asks a dozen times: that is not to use up a caller's minute. */
const CONFIG = { isUncounted: true } as const

/**
 * Completes an address that is being typed, out of the data set: `GET /addresses/suggest?q=`, and the same as
 * `POST /addresses/suggest`, which keeps the address out of URLs and is what the page uses.
 */
export function routeSuggest(
  server: FastifyInstance,
  { lookUps, gate, clock }: { lookUps: CurrentLookUps; gate: CallerGate; clock: Clock },
): void {
  const answer = (request: FastifyRequest, typed: string): string => {
    const { version, suggest } = lookUps(gate.kindOf(request))
    return JSON.stringify({
      message: 'Addresses that begin so.',
      request_status: 'ok',
      data: suggest(typed).map(presentSuggestion),
      meta: { responded_at: toTimestamp(clock()), hum_data_set: version },
    })
  }
  const typed = server.withTypeProvider<TypeBoxTypeProvider>()
  typed.get(
    '/addresses/suggest',
    {
      config: CONFIG,
      schema: {
        ...ABOUT,
        operationId: 'suggestAddresses',
        summary: 'Suggest Addresses',
        description: 'Completes an address as it is typed. The POST form keeps it out of URLs.',
        querystring: Type.Object({ q: Typed }),
      },
    },
    async (request, reply) => sendJson(reply, 200, answer(request, request.query.q)),
  )
  typed.post(
    '/addresses/suggest',
    {
      config: CONFIG,
      schema: {
        ...ABOUT,
        operationId: 'suggestAddressesInBody',
        summary: 'Suggest Addresses (in a body)',
        description: 'As GET, with the text in the body, so that no address stands in a URL.',
        body: Type.Object({ q: Typed }, { additionalProperties: false }),
      },
    },
    async (request, reply) => sendJson(reply, 200, answer(request, request.body.q)),
  )
}

function presentSuggestion({ text, primaryNumber, street, city, state, zip }: Suggestion): object {
  return { text, primary_number: primaryNumber ?? null, street, city: city ?? null, state, zip: zip ?? null }
}
