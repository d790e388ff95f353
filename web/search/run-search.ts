import { readJson } from '../api/read-json.ts'
import type { JsonReader } from '../api/read-json.ts'
import type { Reply, Send } from '../api/send.ts'
import { readProviders } from '../answer/read-providers.ts'
import type { AgentState, Place, SearchStage } from './search-stage.ts'

/** The address as the API takes it. */
export interface SearchedAddress {
  readonly street1: string
  readonly street2?: string | undefined
  readonly city?: string | undefined
  readonly state?: string | undefined
  readonly zip?: string | undefined
}

const FIRST_PAUSE_MS = 400
const LONGEST_PAUSE_MS = 2500
/** The API's own advice: stop asking after 30 seconds. */
const PATIENCE_MS = 30_000

const AGENT_STATES: readonly string[] = ['pending', 'matched', 'multiple', 'failed'] satisfies AgentState[]

/**
 * Carries a search through the API and tells each stage it reaches; the last one told is how it ended.
 *
 * Creates a session, then asks again, ever less often, while an agent is at work. `wait` passes the time and may reject
 * to give the search up.
 */
export async function* runSearch(
  send: Send,
  address: SearchedAddress,
  wait: (ms: number) => Promise<void>,
): AsyncGenerator<SearchStage> {
  yield { stage: 'working', geocoding: 'pending', internet: 'pending' }
  yield* follow(send, await send('POST', '/sessions', address), wait)
}

/** Goes on with a search that found several places, once one of them was chosen. */
export async function* chooseCandidate(
  send: Send,
  { token, candidateId }: { readonly token: string; readonly candidateId: string },
  wait: (ms: number) => Promise<void>,
): AsyncGenerator<SearchStage> {
  yield { stage: 'working', geocoding: 'pending', internet: 'pending' }
  yield* follow(send, await send('POST', `/sessions/${token}/select`, { candidate_id: candidateId }), wait)
}

async function* follow(send: Send, first: Reply, wait: (ms: number) => Promise<void>): AsyncGenerator<SearchStage> {
  let reply = first
  let waitedMs = 0
  let pauseMs = FIRST_PAUSE_MS
  for (;;) {
    const stage = readStage(reply)
    if (stage.stage !== 'working') {
      yield stage
      return
    }
    if (waitedMs >= PATIENCE_MS) {
      yield { stage: 'stopped', cause: 'slow' }
      return
    }
    yield stage
    await wait(pauseMs)
    waitedMs += pauseMs
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)
    const token = readJson(reply.body).object('meta').text('session_token') ?? ''
    reply = await askAgain(send, token, stage.geocoding)
  }
}

/** Asks for the address while it is sought, and for the providers afterwards. */
async function askAgain(send: Send, token: string, geocoding: AgentState): Promise<Reply> {
  if (geocoding !== 'pending') return send('GET', `/sessions/${token}/services/internet`)
  const status = await send('GET', `/sessions/${token}`)
  if (readAgents(readJson(status.body)).geocoding !== 'matched') return status
  return send('GET', `/sessions/${token}/services/internet`)
}

function readStage({ status, body, retryAfterSeconds }: Reply): SearchStage {
  const envelope = readJson(body)
  if (status === 422) return { stage: 'refused', fields: readFieldErrors(envelope) }
  if (status === 429 || status === 503) return { stage: 'stopped', cause: 'busy', retryAfterSeconds }
  if (status === 410 || status === 404 || status === 401) return { stage: 'stopped', cause: 'ended' }
  if (status >= 300 || !envelope.isThere) return { stage: 'stopped', cause: 'server' }
  const meta = envelope.object('meta')
  const agents = readAgents(envelope)
  const serviceAddress = meta.text('service_address') ?? ''
  const token = meta.text('session_token') ?? ''
  if (agents.geocoding === 'multiple') {
    return { stage: 'choosing', token, candidates: envelope.objects('candidates').map(readCandidate) }
  }
  if (agents.geocoding === 'failed') {
    return {
      stage: 'unmatched',
      serviceAddress,
      reason: envelope.text('reason') ?? '',
      suggestions: envelope.objects('suggestions').map(readSuggestion),
    }
  }
  if (agents.geocoding === 'pending' || agents.internet === 'pending') {
    return { stage: 'working', ...agents, serviceAddress: agents.geocoding === 'matched' ? serviceAddress : undefined }
  }
  return {
    stage: 'answered',
    answer: {
      token,
      serviceAddress,
      dataSet: meta.text('hum_data_set') ?? '',
      respondedAt: meta.text('responded_at') ?? '',
      place: readPlace(envelope.object('place')),
      providers: readProviders(findProviders(envelope)),
      reason: agents.internet === 'failed' ? (envelope.text('reason') ?? '') : undefined,
    },
  }
}

/** `POST /sessions` gives providers as `data`, `services/internet` as `data.internet`. */
function findProviders(envelope: JsonReader): readonly JsonReader[] {
  const direct = envelope.objects('data')
  return direct.length > 0 ? direct : envelope.object('data').objects('internet')
}

function readAgents(envelope: JsonReader): { geocoding: AgentState; internet: AgentState } {
  const agents = envelope.object('meta').object('agent_status')
  const read = (name: string): AgentState => {
    const state = agents.text(name)
    return isAgentState(state) ? state : 'pending'
  }
  return { geocoding: read('geocoding'), internet: read('internet') }
}

function isAgentState(text: string | undefined): text is AgentState {
  return text !== undefined && AGENT_STATES.includes(text)
}

function readFieldErrors(envelope: JsonReader): Record<string, readonly string[]> {
  const errors = envelope.object('errors').object('errors')
  const fields = ['base', 'street1', 'street2', 'city', 'state', 'zip']
  return Object.fromEntries(fields.map((field) => [field, errors.texts(field)]).filter(([, texts]) => texts?.length))
}

function readPlace(place: JsonReader): Place | undefined {
  const latitude = place.number('latitude')
  const longitude = place.number('longitude')
  if (latitude === undefined || longitude === undefined) return undefined
  const parts = place.object('parts')
  return {
    latitude,
    longitude,
    precision: place.text('precision') ?? '',
    uncertaintyMeters: place.number('uncertainty_meters') ?? 0,
    blockGeoid: place.text('block_geoid'),
    h3: place.text('h3'),
    unit: place.text('unit') ?? 'none',
    parts: Object.fromEntries(
      MATCHED_PARTS.flatMap((part) => {
        const match = parts.text(part)
        return match === undefined ? [] : [[part, match]]
      }),
    ),
  }
}

const MATCHED_PARTS = [
  'primary_number',
  'predirectional',
  'street_name',
  'suffix',
  'postdirectional',
  'city',
  'state',
  'zip',
]

function readCandidate(candidate: JsonReader) {
  return {
    id: candidate.text('id') ?? '',
    serviceAddress: candidate.text('service_address') ?? '',
    latitude: candidate.number('latitude') ?? 0,
    longitude: candidate.number('longitude') ?? 0,
  }
}

function readSuggestion(suggestion: JsonReader) {
  return {
    street: suggestion.text('street') ?? '',
    lowNumber: suggestion.text('low_number') ?? '',
    highNumber: suggestion.text('high_number') ?? '',
    zip: suggestion.text('zip'),
  }
}
