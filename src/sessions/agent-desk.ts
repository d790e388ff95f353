import type { Candidate } from '../geocode/geocode-result.ts'
import type { Clock } from '../lib/clock.ts'
import type { Announcer } from './announcer.ts'
import type { CarryOn } from './agent-queue.ts'
import type { CurrentLookUps, LookUps } from './look-ups.ts'
import { runAgents } from './run-agents.ts'
import type { AgentRun, AgentWatcher } from './run-agents.ts'
import type { SessionStore } from './session-store.ts'
import type { WebhookMessage } from '../webhooks/webhook.ts'
import { isPending } from './session.ts'
import type { Session } from './session.ts'

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
  /** Runs what is left to do for a session, or waits for it where it is being done here. */
  readonly carryOn: CarryOn
  /** Stops the agents of a session that is being closed. */
  halt(token: string): void
  /** Stops the agents of sessions that another process has ended. */
  haltEnded(): Promise<void>
  /** Waits until nothing runs any more. */
  settle(): Promise<void>
}

interface Work {
  abort(): void
  /** The session as far as it is known. */
  latest(): Session
  /** Settles when the session itself is in the store. */
  readonly stored: Promise<unknown>
  /** Settles when all that the agents found is in the store. */
  readonly done: Promise<unknown>
}

/** `onError` gets what made an agent or the store fail while nobody was waiting, `watcher` what agents do. */
export function createAgentDesk({
  sessions,
  lookUps,
  clock,
  onError,
  watcher,
  announcer,
}: {
  sessions: SessionStore
  lookUps: CurrentLookUps
  clock: Clock
  onError: (error: unknown) => void
  watcher?: AgentWatcher | undefined
  announcer?: Announcer | undefined
}): AgentDesk {
  const working = new Map<string, Work>()

  function announce(session: Session, at: number, { version }: LookUps): WebhookMessage | undefined {
    return isPending(session) ? undefined : announcer?.announce('session.completed', session, at, version)
  }

  /** Lets the agents begin; `store` brings the session itself into the store, complete or as it is now. */
  function begin(
    session: Session,
    store: (session: Session, from: LookUps) => Promise<void>,
    from: LookUps = lookUps(session.kind),
  ): Work {
    let controller: AbortController | undefined
    const getController = (): AbortController => (controller ??= new AbortController())
    const isHalted = (): boolean => controller?.signal.aborted === true
    const agentRun: AgentRun = {
      signal: () => getController().signal,
      onReport: (reported) => {
        const at = clock()
        latest = { ...reported, updatedAt: at }
        const message = announce(reported, at, from)
        reportsStored = reportsStored.then(() => sessions.recordReport(reported.token, reported, at, message))
        reportsStored.catch(onError)
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
    const first = store(now, from)
    let reportsStored: Promise<unknown> = first
    const abort = (): void => getController().abort()
    if (later === undefined) {
      const stored = first.then(() => watcher?.onComplete(now))
      return { abort, latest: () => now, stored, done: stored }
    }
    const finish = (complete: Session): void => {
      agentRun.onReport(complete)
      if (!isHalted()) watcher?.onComplete(complete)
    }
    const done = later.then(finish).then(() => reportsStored)
    const work: Work = { abort, latest: () => latest, stored: first, done }
    const leave = (): void => {
      if (working.get(session.token) === work) working.delete(session.token)
    }
    working.set(session.token, work)
    done.then(leave, leave)
    first.catch(abort)
    return work
  }

  /** The session as it is when the work is done, or when it has been in the store for `budgetMs`. */
  async function answer({ latest, stored, done }: Work, budgetMs: number): Promise<Session> {
    await stored
    if (done !== stored && budgetMs > 0) await waitAtMost(budgetMs, done)
    return latest()
  }

  function halt(token: string): void {
    working.get(token)?.abort()
    working.delete(token)
  }

  async function storeReport(session: Session, from: LookUps): Promise<void> {
    const at = clock()
    await sessions.recordReport(session.token, session, at, announce(session, at, from))
  }

  return {
    open: (session, budgetMs, from) =>
      answer(
        begin(session, (now, used) => sessions.insert(now, announce(now, now.updatedAt, used)), from),
        budgetMs,
      ),
    choose: async (session, candidate, budgetMs, from) => {
      const at = clock()
      if (!(await sessions.recordChoice(session.token, candidate, at))) return undefined
      const geocoding = { outcome: 'matched', candidate } as const
      const settled = { ...session, geocoding, internet: undefined, updatedAt: at }
      return answer(begin(settled, storeReport, from), budgetMs)
    },
    carryOn: async (token) => {
      const underWay = working.get(token)
      if (underWay !== undefined) {
        await underWay.done
        return
      }
      const session = await sessions.find(token)
      if (session === undefined || session.endedAt !== undefined || !isPending(session)) return
      await (working.get(token) ?? begin(session, storeReport)).done
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
