import { Type } from 'typebox'
import type { TSchema } from 'typebox'
import { PROVIDER_SCHEMAS } from './providers/provider-schemas.ts'

/** Schemas of answers. They describe: answers are written as text and never filtered by them, tests compare the two. */

export const Timestamp = Type.String({ format: 'date-time', examples: ['2024-09-20T23:13:31.179Z'] })

const Nullable = (schema: TSchema): TSchema => Type.Union([schema, Type.Null()])

const RequestStatus = Type.String({
  $id: 'request_status',
  enum: ['ok', 'warning', 'error'],
  description: 'ok: all is there. warning: processed, but see the message. error: the request failed.',
})

const AgentStatus = Type.Object(
  {
    geocoding: Type.String({ enum: ['pending', 'matched', 'multiple', 'failed'] }),
    internet: Type.String({ enum: ['pending', 'matched', 'failed'] }),
    checkout: Type.String({ enum: ['pending'] }),
  },
  { $id: 'agent_status' },
)

const Meta = Type.Object(
  {
    session_token: Type.String({ examples: ['XqCmeTVgYXrbWrZFZEymkD'] }),
    session_status: Type.String({ enum: ['open', 'closed'] }),
    agent_status: Type.Ref('agent_status'),
    session_params: Type.Ref('session_params'),
    service_address: Type.String({ examples: ['29090 TIFFANY DR E, SOUTHFIELD, MI 48034'] }),
    created_at: Timestamp,
    updated_at: Timestamp,
    responded_at: Timestamp,
    hum_data_set: Type.String({ pattern: String.raw`^\d+$`, examples: ['25041808'] }),
  },
  { $id: 'meta' },
)

const Place = Type.Object(
  {
    latitude: Type.Number(),
    longitude: Type.Number(),
    precision: Type.String({
      enum: ['point', 'range', 'street', 'zip'],
      description: 'What the coordinates rest on: an address point, an address range, a street or a ZIP.',
    }),
    uncertainty_meters: Type.Number({ description: 'Radius that holds the building in about nine cases of ten.' }),
    block_geoid: Nullable(Type.String({ description: '2020 census block, 15 digits.' })),
    h3: Type.String({ description: 'H3 cell at resolution 8.' }),
    unit: Type.String({
      enum: ['none', 'known', 'unknown', 'needed'],
      description: 'How the unit stands: none given, known, not in the data, or needed and not given.',
    }),
    score: Type.Number({ description: '0 to 1; 1 where every part of the address is exact.' }),
    parts: Type.Record(
      Type.String(),
      Type.String({ enum: ['exact', 'abbreviated', 'missing', 'corrected', 'wrong'] }),
      { description: 'How each part of the address stands against the data.' },
    ),
  },
  { $id: 'place' },
)

const Candidate = Type.Intersect(
  [
    Type.Object({
      id: Type.String(),
      service_address: Type.String(),
    }),
    Type.Ref('place'),
  ],
  { $id: 'candidate', description: 'A place that the address may mean.' },
)

const Suggestion = Type.Object(
  { street: Type.String(), low_number: Type.String(), high_number: Type.String(), zip: Nullable(Type.String()) },
  { $id: 'suggestion', description: 'Numbers of the street that exist.' },
)

const ResponseMeta = Type.Object(
  { responded_at: Timestamp, hum_data_set: Type.String({ pattern: String.raw`^\d+$` }) },
  { $id: 'response_meta' },
)

const ErrorAnswer = Type.Object(
  { message: Type.String(), request_status: Type.Ref('request_status'), meta: Type.Ref('response_meta') },
  { $id: 'error' },
)

const InvalidParams = Type.Object(
  {
    message: Type.String(),
    request_status: Type.Ref('request_status'),
    errors: Type.Object({
      errors: Type.Record(Type.String(), Type.Array(Type.String()), {
        description: 'Messages by member of the body; base speaks of the body as a whole.',
      }),
    }),
    meta: Type.Ref('response_meta'),
  },
  { $id: 'validation_error' },
)

/** Schemas that others refer to by name; in the served document they are its components. */
export const SHARED_SCHEMAS: readonly TSchema[] = [
  RequestStatus,
  AgentStatus,
  Meta,
  Place,
  Candidate,
  Suggestion,
  ...PROVIDER_SCHEMAS,
  ResponseMeta,
  ErrorAnswer,
  InvalidParams,
]

/** The path of a route about one session. */
export const SessionPath = Type.Object({
  token: Type.String({ description: 'The session token that POST /sessions gave.' }),
})

/** Waiting is the caller's choice: asking for long, or asking again and being told that nothing changed. */
export const WaitHeaders = Type.Object({
  prefer: Type.Optional(
    Type.String({ description: 'wait=N: do not answer before the agents are done, for at most N seconds, up to 30.' }),
  ),
})

export const PollingHeaders = Type.Object({
  ...WaitHeaders.properties,
  'if-none-match': Type.Optional(Type.String({ description: 'The ETag of an earlier answer.' })),
})

export const NOT_MODIFIED = { 304: { description: 'Nothing changed since the answer with that ETag.', type: 'null' } }

const header = (description: string, schema: TSchema): object => ({ ...schema, description })

export const RATE_HEADERS = {
  'X-RateLimit-Limit': header('Requests allowed in a window.', Type.Integer()),
  'X-RateLimit-Remaining': header('Requests left in this window.', Type.Integer()),
  'X-RateLimit-Reset': header('End of this window in UTC epoch seconds.', Type.Integer()),
}

const SESSION_HEADER = { session_token: header('The token of the session.', Type.String()) }

/** A 2xx answer in the envelope, with the additive members that tell where the address is. */
export function successAnswer(description: string, data: TSchema): object {
  const schema = Type.Object({
    message: Type.String(),
    request_status: Type.Ref('request_status'),
    data,
    place: Type.Optional(Type.Ref('place')),
    differ_in: Type.Optional(Type.Array(Type.String())),
    candidates: Type.Optional(Type.Array(Type.Ref('candidate'))),
    reason: Type.Optional(Type.String()),
    suggestions: Type.Optional(Type.Array(Type.Ref('suggestion'))),
    meta: Type.Ref('meta'),
  })
  return { description, headers: { ...SESSION_HEADER, ...RATE_HEADERS }, content: { 'application/json': { schema } } }
}

const ERROR_DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is malformed.',
  401: 'The API token is missing or not valid.',
  404: 'There is no such thing, or it is not yours.',
  406: "The content type is not 'application/json'.",
  409: 'A request with this Idempotency-Key is still being answered; see Retry-After.',
  410: 'The session was closed, or was idle for 30 minutes.',
  422: 'The request cannot be taken; see `errors`.',
  429: 'The rate limit is reached.',
  500: 'Hum failed.',
  503: 'Hum cannot take the request now; see Retry-After.',
}

/** The error answers of a route, by status. */
export function errorAnswers(...statuses: number[]): Record<number, object> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: ERROR_DESCRIPTIONS[status],
        headers: RATE_HEADERS,
        content: { 'application/json': { schema: Type.Ref(status === 422 ? 'validation_error' : 'error') } },
      },
    ]),
  )
}
