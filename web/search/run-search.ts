import { readJson } from '../api/read-json.ts'
import type { Reply, Send } from '../api/send.ts'
import type { Watch } from '../api/watch.ts'
import type { SearchedAddress } from './find-address.ts'
import { readAgents, readStage } from './read-stage.ts'
import type { AgentState, SearchStage } from './search-stage.ts'

/** What a search calls, and how it passes the time. */
export interface SearchNeeds {
  readonly send: Send
  /** Absent where a search is carried out at one go, as for browsers without JavaScript. */
  readonly watch?: Watch | undefined
  readonly wait: (ms: number) => Promise<void>
  /** Gives the search up. */
  readonly signal?: AbortSignal | undefined
}

const FIRST_PAUSE_MS = 400
const LONGEST_PAUSE_MS = 2500
/** The API's own advice: stop asking after 30 seconds. */
const PATIENCE_MS = 30_000
/** The first event is sent at once: where none comes by then, something on the way holds events back. */
const FIRST_EVENT_MS = 5000

/**
 * Carries a search through the API and tells each stage it reaches; the last one told is how it ended.
 *
 * Creates a session, then watches it while an agent is at work; where it cannot be watched, it is asked again, ever less
 * often. A connection that breaks meanwhile is tried again for as long as the search may take.
 */
export async function* runSearch(needs: SearchNeeds, address: SearchedAddress): AsyncGenerator<SearchStage> {
  yield { stage: 'working', geocoding: 'pending', internet: 'pending' }
  yield* follow(needs, await needs.send('POST', '/sessions', address, needs.signal))
}

/** Goes on with a search that found several places, once one of them was chosen. */
export async function* chooseCandidate(
  needs: SearchNeeds,
  { token, candidateId }: { readonly token: string; readonly candidateId: string },
): AsyncGenerator<SearchStage> {
  yield { stage: 'working', geocoding: 'pending', internet: 'pending' }
  yield* follow(
    needs,
    await needs.send('POST', `/sessions/${token}/select`, { candidate_id: candidateId }, needs.signal),
  )
}

async function* follow(needs: SearchNeeds, first: Reply): AsyncGenerator<SearchStage> {
  const stage = readStage(first)
  yield stage
  if (stage.stage !== 'working') return
  const token = readJson(first.body).object('meta').text('session_token') ?? ''
  const left = needs.watch === undefined ? PATIENCE_MS : yield* watchAgents({ ...needs, watch: needs.watch }, token)
  yield* askUntilDone(needs, { token, geocoding: stage.geocoding, patienceMs: left })
}

/** Tells of the agents as the server does, until they are done or cannot be watched; gives the patience that is left. */
async function* watchAgents(
  { watch, signal }: SearchNeeds & { readonly watch: Watch },
  token: string,
): AsyncGenerator<SearchStage, number> {
  const started = Date.now()
  const giveUp = new AbortController()
  let timer = setTimeout(() => giveUp.abort(), FIRST_EVENT_MS)
  const until = AbortSignal.any([giveUp.signal, ...(signal === undefined ? [] : [signal])])
  try {
    for await (const event of watch(`/sessions/${token}/events`, until)) {
      clearTimeout(timer)
      timer = setTimeout(() => giveUp.abort(), PATIENCE_MS - (Date.now() - started))
      const stage = readStage({ status: 200, body: event })
      if (stage.stage !== 'working') break
      yield stage
    }
  } catch (error) {
    if (signal?.aborted) throw error
    // What cannot be watched is asked for instead.
  } finally {
    clearTimeout(timer)
  }
  return PATIENCE_MS - (Date.now() - started)
}

/** Asks until the agents are done: at once, and then ever less often. */
async function* askUntilDone(
  { send, wait, watch, signal }: SearchNeeds,
  { token, geocoding, patienceMs }: { token: string; geocoding: AgentState; patienceMs: number },
): AsyncGenerator<SearchStage> {
  let pauseMs = watch === undefined ? FIRST_PAUSE_MS : 0
  let known = geocoding
  for (let waitedMs = 0; ;) {
    if (pauseMs > 0) await wait(pauseMs)
    waitedMs += pauseMs
    pauseMs = Math.min(Math.max(FIRST_PAUSE_MS, pauseMs * 1.5), LONGEST_PAUSE_MS)
    const isLast = waitedMs >= patienceMs
    const reply = await askAgain(send, { token, geocoding: known, signal }).catch((error: unknown) => {
      if (isLast || signal?.aborted) throw error
    })
    if (reply === undefined) continue
    const stage = readStage(reply)
    yield stage.stage === 'working' && isLast ? { stage: 'stopped', cause: 'slow' } : stage
    if (stage.stage !== 'working' || isLast) return
    known = stage.geocoding
  }
}

/** Asks for the address while it is sought, and for the providers afterwards. */
async function askAgain(
  send: Send,
  { token, geocoding, signal }: { token: string; geocoding: AgentState; signal: AbortSignal | undefined },
): Promise<Reply> {
  if (geocoding === 'pending') {
    const status = await send('GET', `/sessions/${token}`, undefined, signal)
    if (readAgents(readJson(status.body)).geocoding !== 'matched') return status
  }
  return send('GET', `/sessions/${token}/services/internet`, undefined, signal)
}
