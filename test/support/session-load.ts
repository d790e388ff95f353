import { setTimeout as sleep } from 'node:timers/promises'
import { SANDBOX_SECRET, SANDBOX_TOKEN } from '../../src/access/api-token.ts'
import { EXAMPLE } from './test-app.ts'

/** An agent takes four seconds there. */
const SLOW = [
  { street1: '4100 Slowpoke Lane', zip: '48034' },
  { street1: '4200 Slowpoke Lane', zip: '48034' },
]

/** Longer than any answer takes, even where the store does not answer. */
const GIVE_UP_MS = 60_000

/** Whose sessions are opened. */
export interface LoadAccount {
  readonly name: string
  /** The API token. */
  readonly secret: string
}

const SANDBOX: LoadAccount = { name: SANDBOX_TOKEN.id, secret: SANDBOX_SECRET }

/** An answer to one of the load's requests; status 0 stands for a connection that gave none. */
export interface LoadAnswer {
  /** `performance.now()` when the request was sent, and when the answer was there. */
  readonly sentAt: number
  readonly at: number
  readonly status: number
  /** Whether the answer had begun and was not whole. */
  readonly isCut: boolean
  /** The `campaign_id` of a request that opens a session. */
  readonly campaignId?: string | undefined
}

/** A session that was answered with 201, and what is known of it. */
export interface RememberedSession {
  readonly token: string
  readonly account: LoadAccount
  /** The `campaign_id` of the request, which no other request has; it begins with the name of the account and `-`. */
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
 * with an `Idempotency-Key`, which are sent until they are answered with 201, and once more after. Accounts have callers
 * in turn.
 */
export function startSessionLoad(
  urls: () => readonly string[],
  callers: number,
  accounts: readonly LoadAccount[] = [SANDBOX],
): SessionLoad {
  const answers: LoadAnswer[] = []
  const sessions: RememberedSession[] = []
  const contradictions: string[] = []
  const stopping = new AbortController()
  let turn = 0

  async function ask(
    { secret }: LoadAccount,
    method: string,
    path: string,
    body?: { readonly campaign_id: string },
    headers = {},
  ): Promise<Response | undefined> {
    const all = urls()
    const url = all[turn++ % all.length]
    const sentAt = performance.now()
    let status = 0
    let isCut = false
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
        signal: AbortSignal.timeout(GIVE_UP_MS),
        ...(body && { body: JSON.stringify(body) }),
      })
      isCut = true
      await response.arrayBuffer()
      isCut = false
      status = response.status
      if (status < 500) return response
    } catch {
      // Status 0 says it.
    } finally {
      answers.push({ sentAt, at: performance.now(), status, isCut, campaignId: body?.campaign_id })
    }
    // Leaves the processor to a server that is starting.
    await sleep(100)
    return undefined
  }

  async function open(
    account: LoadAccount,
    campaignId: string,
    params: object,
    headers = {},
  ): Promise<RememberedSession | undefined> {
    const response = await ask(account, 'POST', '/sessions', { ...params, campaign_id: campaignId }, headers)
    const token = response?.status === 201 ? response.headers.get('session_token') : undefined
    if (token == null) return undefined
    const known = sessions.find((session) => session.campaignId === campaignId)
    if (known !== undefined) {
      if (known.token !== token) contradictions.push(campaignId)
      return known
    }
    const session: RememberedSession = { token, account, campaignId, state: 'open' }
    sessions.push(session)
    return session
  }

  async function openOnce(account: LoadAccount, campaignId: string): Promise<void> {
    const send = () => open(account, campaignId, EXAMPLE, { 'idempotency-key': campaignId })
    while ((await send()) === undefined && !stopping.signal.aborted) await sleep(100)
    await send()
  }

  async function close(session: RememberedSession | undefined): Promise<void> {
    if (session?.state !== 'open') return
    session.state = 'closing'
    const response = await ask(session.account, 'DELETE', `/sessions/${session.token}`)
    if (response?.status === 200) session.state = 'closed'
  }

  async function read(session: RememberedSession | undefined): Promise<void> {
    if (session !== undefined) await ask(session.account, 'GET', `/sessions/${session.token}`)
  }

  async function call(caller: number): Promise<void> {
    const recent = (): RememberedSession | undefined => sessions[sessions.length - 1 - Math.floor(Math.random() * 50)]
    const account = accounts[caller % accounts.length]!
    // Has a request under way for two seconds at a time.
    const isPatient = caller % 2 === 0
    for (let round = 0; !stopping.signal.aborted; round++) {
      const campaignId = `${account.name}-${caller}-${round}`
      const kind = (caller + round) % 6
      if (kind === 0) await openOnce(account, campaignId)
      else if (kind === 1) await open(account, campaignId, SLOW[round % 2]!, isPatient ? {} : { prefer: 'wait=0' })
      else if (kind === 2) await close(await open(account, campaignId, SLOW[round % 2]!, { prefer: 'wait=0' }))
      else if (kind === 3) await close(recent())
      else await read(await open(account, campaignId, EXAMPLE))
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
