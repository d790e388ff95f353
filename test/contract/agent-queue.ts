import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Candidate } from '../../src/geocode/geocode-result.ts'
import type { AgentQueue } from '../../src/sessions/agent-queue.ts'
import type { SessionStore } from '../../src/sessions/session-store.ts'
import type { Geocoding, Session } from '../../src/sessions/session.ts'

/** A state to test, and the way to let go of it. */
export interface OpenedAgentQueue {
  readonly sessions: SessionStore
  readonly agentQueue: AgentQueue
  close(): Promise<void>
}

const GEOCODING: Geocoding = { outcome: 'failed', reason: 'street_unknown', suggestions: [] }
const REPORT = { geocoding: GEOCODING, internet: { outcome: 'failed', reason: 'place_unknown' } } as const

/** Longer than any queue takes to look for work, many times over. */
const PATIENCE = { timeout: 25_000, interval: 50 }

let counter = 0

function session(changes: Partial<Session> = {}): Session {
  counter++
  return {
    token: `queued${counter}`,
    accountId: 'account',
    kind: 'live',
    params: { street1: '29090 Tiffany Drive E', zip: '48034' },
    createdAt: counter,
    updatedAt: counter,
    lastSeenAt: counter,
    ...changes,
  }
}

/**
 * What every queue of agent work owes. `open` opens the same empty state each time, as one process after another does,
 * or at the same time where several may; none of them is given time to finish before it is thought dead.
 */
export function describeAgentQueue(
  name: string,
  createState: () => Promise<() => Promise<OpenedAgentQueue>>,
  { isShared }: { isShared: boolean },
): void {
  describe(`agent queue on ${name}`, () => {
    let open: () => Promise<OpenedAgentQueue>
    let opened: OpenedAgentQueue[] = []
    const failures: unknown[] = []
    const onError = (error: unknown): void => void failures.push(error)

    beforeEach(async () => {
      const openSame = await createState()
      open = async () => {
        const state = await openSame()
        opened.push(state)
        return state
      }
      failures.length = 0
    })

    afterEach(async () => {
      for (const state of opened) await state.close()
      opened = []
    })

    /** Lets one process die before it carried anything on. */
    async function leaveBehind(...left: readonly Session[]): Promise<SessionStore> {
      const { sessions } = await open()
      for (const one of left) await sessions.insert(one)
      return sessions
    }

    it('hands out what a process left behind, until it is complete', async () => {
      const [none, half] = [session(), session({ geocoding: GEOCODING })]
      await leaveBehind(none, half)
      const { agentQueue, sessions } = await open()
      const tokens: string[] = []
      await agentQueue.start(async (token) => {
        tokens.push(token)
        await sessions.recordReport(token, REPORT, 9)
      }, onError)
      await expect.poll(() => tokens.toSorted(), PATIENCE).toEqual([none.token, half.token].toSorted())
      await agentQueue.stop()
      expect(failures).toEqual([])
    }, 40_000)

    it('hands out nothing that is complete, and a session again whose internet agent is at work again', async () => {
      const candidate: Candidate = {
        id: 'one',
        score: 1,
        parts: {},
        place: {
          serviceAddress: '1 MAIN ST, SOUTHFIELD, MI 48034',
          coordinates: { latitude: 42.5, longitude: -83.28 },
          uncertaintyMeters: 20,
          precision: 'point',
          h3: '882ab2ca0bfffff',
          unit: 'none',
          sourceIds: [1],
        },
      }
      const geocoding: Geocoding = { outcome: 'multiple', candidates: [candidate], differIn: ['postdirectional'] }
      const complete = session(REPORT)
      const reported = session()
      const chosen = session()
      const left = await leaveBehind(complete, reported, chosen)
      await left.recordReport(reported.token, REPORT, 5)
      await left.recordReport(chosen.token, { ...REPORT, geocoding }, 5)
      expect(await left.recordChoice(chosen.token, candidate, 6)).toBe(true)
      const { agentQueue, sessions } = await open()
      const tokens: string[] = []
      await agentQueue.start(async (token) => {
        tokens.push(token)
        await sessions.recordReport(token, REPORT, 9)
      }, onError)
      await expect.poll(() => tokens, PATIENCE).toEqual([chosen.token])
      const last = session()
      await sessions.insert(last)
      await expect.poll(() => tokens, PATIENCE).toEqual([chosen.token, last.token])
    }, 60_000)

    it('hands a session out again when carrying it on failed', async () => {
      const one = session()
      await leaveBehind(one)
      const { agentQueue, sessions } = await open()
      const tokens: string[] = []
      const failure = new Error('The disk is full.')
      await agentQueue.start(async (token) => {
        tokens.push(token)
        if (tokens.length === 1) throw failure
        await sessions.recordReport(token, REPORT, 9)
      }, onError)
      await expect.poll(() => tokens, PATIENCE).toEqual([one.token, one.token])
      expect(failures).toEqual([failure])
    }, 40_000)

    it('comes to its end only when what is being carried on has', async () => {
      await leaveBehind(session())
      const { agentQueue, sessions } = await open()
      const { promise: mayFinish, resolve: finish } = Promise.withResolvers<void>()
      const steps: string[] = []
      await agentQueue.start(async (token) => {
        steps.push('begun')
        await mayFinish
        await sessions.recordReport(token, REPORT, 9)
        steps.push('finished')
      }, onError)
      await expect.poll(() => steps, PATIENCE).toEqual(['begun'])
      const stopped = agentQueue.stop().then(() => steps.push('stopped'))
      finish()
      await stopped
      expect(steps).toEqual(['begun', 'finished', 'stopped'])
    }, 40_000)

    if (!isShared) return
    it('hands each session to one of several processes', async () => {
      const left = Array.from({ length: 60 }, () => session())
      await leaveBehind(...left)
      const tokens: string[] = []
      const processes = await Promise.all([open(), open(), open()])
      await Promise.all(
        processes.map(({ agentQueue, sessions }) =>
          agentQueue.start(async (token) => {
            tokens.push(token)
            await sessions.recordReport(token, REPORT, 9)
          }, onError),
        ),
      )
      await expect.poll(() => tokens.length, PATIENCE).toBe(60)
      expect(new Set(tokens).size).toBe(60)
    }, 60_000)
  })
}
