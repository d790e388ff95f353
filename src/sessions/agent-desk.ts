import type { Candidate } from '../geocode/geocode-result.ts'
import type { Clock } from '../lib/clock.ts'
import type { CurrentLookUps, LookUps } from './look-ups.ts'
import { runAgents } from './run-agents.ts'
import type { AgentRun, AgentWatcher } from './run-agents.ts'
import type { SessionStore } from './session-store.ts'
import type { Session } from './session.ts'

/** How many pending sessions are taken up at once. */
const RESUME_BATCH = 1000

/** A process that carries a session forward has it for so long; longer than any agent takes. */
const LEASE_MS = 15_000

/** Where the agents of all sessions work: starts them, waits for them as long as a caller will, halts them. */
export interface AgentDesk {
  /**
   * Stores a new session and runs its agents, and comes back when all have reported or `budgetMs` is over, with what
   * is known then. The session is stored in either case; what was not ready goes on behind. The agents look up in
   * `lookUps` alone, so that what the caller adds from there fits their reports.
   */
  open(session: Session, budgetMs: number, lookUps: LookUps): Promise<Session>
  /**
   * Settles a session that stands at several candidates and lets its agents go on, for at most `budgetMs` before this
   * comes back; `undefined` when the session has ended or was settled by another.
   */
  choose(session: Session, candidate: Candidate, budgetMs: number, lookUps: LookUps): Promise<Session | undefined>
  /**
   * Starts the agents of sessions that a dead process left. Comes back when they run.
   *
   * `isAlone` says that no other process can be at work on them, so that none has to be waited for.
   */
  resumePending(isAlone?: boolean): Promise<void>
  /** Stops the agents of a session that is being closed. */
  halt(token: string): void
  /** Stops the agents of sessions that another process has ended. */
  haltEnded(): Promise<void>
  /** Waits until nothing runs any more. */
  settle(): Promise<void>
}

interface Work {
  readonly abort: () => void
  readonly done: Promise<unknown>
}

/** `onError` gets what made an agent or the store fail while nobody was waiting, `watcher` what agents do. */
export function createAgentDesk({
  sessions,
  lookUps,
  clock,
  onError,
  watcher,
}: {
  sessions: SessionStore
  lookUps: CurrentLookUps
  clock: Clock
  onError: (error: unknown) => void
  watcher?: AgentWatcher | undefined
}): AgentDesk {
  const working = new Map<string, Work>()

  /** Runs the agents; `store` brings the session itself into the store, complete or as it is now. */
  async function run(
    session: Session,
    store: (session: Session) => Promise<void>,
    budgetMs: number,
    from: LookUps = lookUps(),
  ): Promise<Session> {
    let controller: AbortController | undefined
    const getController = (): AbortController => (controller ??= new AbortController())
    const isHalted = (): boolean => controller?.signal.aborted === true
    const agentRun: AgentRun = {
      signal: () => getController().signal,
      onReport: (reported) => {
        const at = clock()
        latest = { ...reported, updatedAt: at }
        stored = stored.then(() => sessions.recordReport(reported.token, reported, at))
        stored.catch(onError)
      },
      onError: (error) => {
        if (!isHalted()) onError(error)
      },
      onAgent: (...report) => {
        if (!isHalted()) watcher?.onAgent(...report)
      },
    }
    const { now, later } = runAgents(from, session, agentRun)
    let latest = now
    let stored: Promise<unknown> = store(now)
    if (later !== undefined) {
      const finish = (complete: Session): void => {
        agentRun.onReport(complete)
        if (!isHalted()) watcher?.onComplete(complete)
      }
      const done = later.then(finish).then(() => stored)
      const work: Work = { abort: () => getController().abort(), done }
      const leave = (): void => {
        if (working.get(session.token) === work) working.delete(session.token)
      }
      working.set(session.token, work)
      done.then(leave, leave)
      try {
        await stored
      } catch (error) {
        work.abort()
        throw error
      }
      if (budgetMs > 0) await waitAtMost(budgetMs, done)
    } else {
      await stored
      watcher?.onComplete(now)
    }
    return latest
  }

  function halt(token: string): void {
    working.get(token)?.abort()
    working.delete(token)
  }

  async function storeReport(session: Session): Promise<void> {
    await sessions.recordReport(session.token, session, clock())
  }

  return {
    open: (session, budgetMs, from) =>
      run(session, (current) => sessions.insert(current, clock() + LEASE_MS), budgetMs, from),
    choose: async (session, candidate, budgetMs, from) => {
      const at = clock()
      if (!(await sessions.recordChoice(session.token, candidate, at, at + LEASE_MS))) return undefined
      const geocoding = { outcome: 'matched', candidate } as const
      return run({ ...session, geocoding, internet: undefined, updatedAt: at }, storeReport, budgetMs, from)
    },
    resumePending: async (isAlone = false) => {
      const reach = isAlone ? LEASE_MS : 0
      for (;;) {
        const now = clock() + reach
        const claimed = await sessions.claimPending({ limit: RESUME_BATCH, now, leaseUntil: now + LEASE_MS })
        if (claimed.length === 0) return
        const left = claimed.filter(({ token }) => !working.has(token))
        await Promise.all(left.map((session) => run(session, storeReport, 0)))
      }
    },
    halt,
    haltEnded: async () => {
      if (working.size === 0) return
      for (const token of await sessions.findEnded([...working.keys()])) halt(token)
    },
    settle: async () => {
      while (working.size > 0) await Promise.allSettled([...working.values()].map(({ done }) => done))
    },
  }
}

/** Comes back when the work is done, failed or has taken `ms`. */
async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  work.then(
    () => resolve(),
    () => resolve(),
  )
  await promise
  clearTimeout(timer)
}
