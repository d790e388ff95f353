import { setTimeout as sleep } from 'node:timers/promises'
import { EXAMPLE } from './test-app.ts'

const HEADERS = { authorization: 'Bearer hum_test_sandbox', 'content-type': 'application/json' }

/** An agent takes four seconds there. */
const SLOW = [
  { street1: '4100 Slowpoke Lane', zip: '48034' },
  { street1: '4200 Slowpoke Lane', zip: '48034' },
]

/** Longer than any answer takes, even where the store does not answer. */
const GIVE_UP_MS = 60_000

/** An answer to one of the load's requests; status 0 stands for a connection that gave none. */
export interface LoadAnswer {
  /** `performance.now()` when the request was sent, and when the answer was there. */
  readonly sentAt: number
  readonly at: number
  readonly status: number
}

/** A session that was answered with 201, and what is known of it. */
export interface RememberedSession {
  readonly token: string
  /** The `campaign_id` of the request, which no other request has. */
  readonly campaignId: string
  /** `closing` when a request to close it got no answer that tells. */
  state: 'open' | 'closing' | 'closed'
}

/** Callers that open, read and close sessions for as long as they are let, and remember each 201. */
export interface SessionLoad {
  readonly answers: readonly LoadAnswer[]
  readonly sessions: readonly RememberedSession[]
  /** Requests with an `Idempotency-Key` whose later answer named another session than an earlier one. */
  readonly contradictions: readonly string[]
  /** Comes back when so many requests in a row, all sent from now on, were served. */
  served(count: number): Promise<void>
  /** Lets callers end what they are at. */
  stop(): Promise<void>
}

/**
 * Starts callers on servers, of which `urls` gives those to try. A request that failed is not repeated, but for those
 * with an `Idempotency-Key`, which are sent until they are answered with 201, and once more after.
 */
export function startSessionLoad(urls: () => readonly string[], callers: number): SessionLoad {
  const answers: LoadAnswer[] = []
  const sessions: RememberedSession[] = []
  const contradictions: string[] = []
  const stopping = new AbortController()
  let turn = 0

  async function ask(method: string, path: string, body?: object, headers = {}): Promise<Response | undefined> {
    const all = urls()
    const url = all[turn++ % all.length]
    const sentAt = performance.now()
    const note = (status: number): void => void answers.push({ sentAt, at: performance.now(), status })
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { ...HEADERS, ...headers },
        signal: AbortSignal.timeout(GIVE_UP_MS),
        ...(body && { body: JSON.stringify(body) }),
      })
      await response.arrayBuffer()
      note(response.status)
      if (response.status < 500) return response
    } catch {
      note(0)
    }
    // Leaves the processor to a server that is starting.
    await sleep(100)
    return undefined
  }

  async function open(campaignId: string, params: object, headers = {}): Promise<RememberedSession | undefined> {
    const response = await ask('POST', '/sessions', { ...params, campaign_id: campaignId }, headers)
    const token = response?.status === 201 ? response.headers.get('session_token') : undefined
    if (token == null) return undefined
    const known = sessions.find((session) => session.campaignId === campaignId)
    if (known !== undefined) {
      if (known.token !== token) contradictions.push(campaignId)
      return known
    }
    const session: RememberedSession = { token, campaignId, state: 'open' }
    sessions.push(session)
    return session
  }

  async function openOnce(campaignId: string): Promise<void> {
    const headers = { 'idempotency-key': campaignId }
    while ((await open(campaignId, EXAMPLE, headers)) === undefined && !stopping.signal.aborted) await sleep(100)
    await open(campaignId, EXAMPLE, headers)
  }

  async function close(session: RememberedSession | undefined): Promise<void> {
    if (session?.state !== 'open') return
    session.state = 'closing'
    const response = await ask('DELETE', `/sessions/${session.token}`)
    if (response?.status === 200) session.state = 'closed'
  }

  async function read(session: RememberedSession | undefined): Promise<void> {
    if (session !== undefined) await ask('GET', `/sessions/${session.token}`)
  }

  async function call(caller: number): Promise<void> {
    const recent = (): RememberedSession | undefined => sessions[sessions.length - 1 - Math.floor(Math.random() * 50)]
    for (let round = 0; !stopping.signal.aborted; round++) {
      const campaignId = `${caller}-${round}`
      const kind = (caller + round) % 6
      if (kind === 0) await openOnce(campaignId)
      else if (kind === 1) await open(campaignId, SLOW[round % 2]!, { prefer: 'wait=0' })
      else if (kind === 2) await close(await open(campaignId, SLOW[round % 2]!, { prefer: 'wait=0' }))
      else if (kind === 3) await close(recent())
      else await read(await open(campaignId, EXAMPLE))
      await read(recent())
    }
  }

  const running = Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)))
  return {
    answers,
    sessions,
    contradictions,
    served: async (count) => {
      const from = performance.now()
      const isServed = (): boolean => {
        const since = answers.filter(({ sentAt }) => sentAt > from)
        return since.length >= count && since.slice(-count).every(({ status }) => status > 0 && status < 500)
      }
      while (!isServed()) await sleep(50)
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
