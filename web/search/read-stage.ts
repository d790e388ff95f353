import { readJson } from '../api/read-json.ts'
import type { JsonReader } from '../api/read-json.ts'
import type { Reply } from '../api/send.ts'
import { readProviders } from '../answer/read-providers.ts'
import type { AgentState, Place, SearchStage } from './search-stage.ts'

const AGENT_STATES: readonly string[] = ['pending', 'matched', 'multiple', 'failed'] satisfies AgentState[]

/** Reads what the API answered as the stage that the search has come to. */
export function readStage({ status, body, retryAfterSeconds }: Reply): SearchStage {
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

/** Reads how far each agent is; pending where nothing is said. */
export function readAgents(envelope: JsonReader): { geocoding: AgentState; internet: AgentState } {
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
