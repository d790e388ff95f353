import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import { readSettings } from '../../src/config.ts'
import { openState } from '../../src/storage/open-state.ts'
import type { State } from '../../src/storage/open-state.ts'
import { startPostgres } from './postgres.ts'
import type { PostgresServer } from './postgres.ts'
import { startServer } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'
import { startSessionLoad } from './session-load.ts'
import type { LoadAccount, LoadAnswer, RememberedSession, SessionLoad } from './session-load.ts'

const DATABASE = 'faults'

/** So many requests in a row that are served show that a fault is over. */
const SERVED_IN_A_ROW = 30

/** So long after a fault is over requests may still fail. */
const RECOVERY_MS = 5000

/** Servers under load, to which things happen. */
export interface FaultWorld {
  readonly servers: readonly ServerProcess[]
  readonly load: SessionLoad
  /** Only on PostgreSQL. */
  readonly postgres: PostgresServer
  readonly database: string
  /** Lets a fault begin and end, and waits until requests are served again. */
  suffer(fault: () => Promise<void>): Promise<void>
  /** Starts a server that has ended once more. */
  startAgain(index: number): Promise<void>
}

/** What became of everything that was answered. */
export interface FaultReport {
  /** How many sessions were answered with 201. */
  readonly sessions: number
  readonly requests: number
  /** Requests that were answered with 5xx or not at all. */
  readonly failed: number
  /** Tokens of sessions that were answered with 201 and are not there, or ended without being closed. */
  readonly lost: readonly string[]
  /** Tokens of sessions that were closed and are still open. */
  readonly reopened: readonly string[]
  /** Tokens of sessions whose agents have not all reported a minute later. */
  readonly unfinished: readonly string[]
  /** Requests with an `Idempotency-Key` that opened more than one session. */
  readonly duplicated: readonly string[]
  /** Tokens of sessions that hold what an agent found after they were closed. */
  readonly reportedAfterClose: readonly string[]
  /**
   * What requests did that were not answered: the `campaign_id` of sessions that these opened, the token of those that
   * they closed. A server that is killed leaves some.
   */
  readonly doneUnanswered: readonly string[]
  /** How long after the end of a fault the last request failed, in milliseconds; 0 when none did. */
  readonly longestFailureMs: number
  /** Requests that failed more than five seconds after the end of a fault. */
  readonly failedLate: number
  /** Requests that were answered with 500. */
  readonly internalErrors: number
  /** Requests that were answered with 503. */
  readonly unavailable: number
  /** Answers that had begun and were not whole. */
  readonly cut: number
  /** How many times a server took another data set. */
  readonly swaps: number
  /** What servers wrote that is no failure of the state: what nobody foresaw. */
  readonly unforeseen: readonly string[]
}

/** What a report owes, whatever happened. */
export const NOTHING_LOST: Partial<FaultReport> = {
  lost: [],
  reopened: [],
  unfinished: [],
  duplicated: [],
  reportedAfterClose: [],
  failedLate: 0,
  internalErrors: 0,
  unforeseen: [],
}

/** Starts servers on an engine, puts them under load, lets `happen` do its worst, and looks at what is left. */
export async function sufferFaults(
  {
    engine,
    servers: count = engine === 'postgres' ? 2 : 1,
    callers = 8,
    folder: givenFolder,
    env = {},
    prepare,
  }: {
    engine: 'sqlite' | 'postgres'
    servers?: number
    callers?: number
    /** Where the state file lies, when not in a folder that is thrown away. */
    folder?: string
    env?: Readonly<Record<string, string>>
    /** Puts into the state what servers find there at their start, and says whose sessions are opened. */
    prepare?: (state: State) => Promise<readonly LoadAccount[]>
  },
  happen: (world: FaultWorld) => Promise<void>,
): Promise<FaultReport> {
  const folder = givenFolder ?? mkdtempSync(join(tmpdir(), 'hum-faults-'))
  const postgres = engine === 'postgres' ? await startPostgres() : undefined
  const place = (await postgres?.createDatabase(DATABASE)) ?? join(folder, 'state.sqlite')
  const start = (): Promise<ServerProcess> => startServer({ HUM_STATE: place, HUM_LOG_LEVEL: 'warn', ...env })
  const servers: ServerProcess[] = []
  const outputs: ServerProcess['output'][] = []
  try {
    const accounts = await prepareState(place, prepare)
    for (let index = 0; index < count; index++) servers.push(await start())
    const load = startSessionLoad(() => servers.map(({ url }) => url), callers, accounts)
    const faults: { from: number; to: number }[] = []
    await load.served(SERVED_IN_A_ROW)
    await happen({
      servers,
      load,
      postgres: postgres!,
      database: DATABASE,
      suffer: async (fault) => {
        const from = performance.now()
        await fault()
        faults.push({ from, to: performance.now() })
        await load.served(SERVED_IN_A_ROW)
      },
      startAgain: async (index) => {
        outputs.push(servers[index]!.output)
        servers[index] = await start()
      },
    })
    await load.stop()
    const left = await lookAtAll(
      load.sessions,
      servers.map(({ url }) => url),
    )
    for (const server of servers) {
      outputs.push(server.output)
      const code = await server.end('SIGTERM')
      if (code !== 0) throw new Error(`A server ended with ${code}:\n${server.output()}`)
    }
    const rows = await readRows(place)
    const failures = load.answers.filter(isFailure).map(({ at }) => sinceFault(at, faults))
    const lines = outputs.flatMap((output) => output().split('\n'))
    return {
      sessions: load.sessions.length,
      requests: load.answers.length,
      failed: failures.length,
      internalErrors: load.answers.filter(({ status }) => status === 500).length,
      unavailable: load.answers.filter(({ status }) => status === 503).length,
      cut: load.answers.filter(({ isCut }) => isCut).length,
      ...left,
      duplicated: [...load.contradictions, ...findDuplicates(load.sessions, rows)],
      reportedAfterClose: rows.filter((row) => row.ended_at !== null && row.has_reports).map(({ token }) => token),
      doneUnanswered: findDoneUnanswered(load, rows),
      longestFailureMs: Math.round(Math.max(0, ...failures)),
      failedLate: failures.filter((ms) => ms > RECOVERY_MS).length,
      unforeseen: lines.filter(isUnforeseen),
      swaps: lines.filter((line) => line.includes('answers from now on')).length,
    }
  } finally {
    await Promise.all(servers.map((server) => server.end('SIGKILL')))
    await postgres?.destroy()
    if (givenFolder === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

const isFailure = ({ status }: LoadAnswer): boolean => status === 0 || status >= 500

async function prepareState(
  place: string,
  prepare: ((state: State) => Promise<readonly LoadAccount[]>) | undefined,
): Promise<readonly LoadAccount[] | undefined> {
  if (prepare === undefined) return undefined
  const state = await openState(readSettings({ HUM_STATE: place }).state)
  const accounts = await prepare(state)
  await state.close()
  return accounts
}

/** Reads every session as its caller would, pending ones until they are complete. */
async function lookAtAll(
  sessions: readonly RememberedSession[],
  urls: readonly string[],
): Promise<Pick<FaultReport, 'lost' | 'reopened' | 'unfinished'>> {
  const lost: string[] = []
  const reopened: string[] = []
  const unfinished: string[] = []
  const queue = [...sessions]
  const until = performance.now() + 60_000

  async function look(session: RememberedSession, url: string): Promise<void> {
    const { token, account, state } = session
    for (;;) {
      const answer = await fetch(`${url}/sessions/${token}`, { headers: { authorization: `Bearer ${account.secret}` } })
      const { meta } = (await answer.json()) as { meta: { agent_status?: { geocoding: string; internet: string } } }
      if (answer.status === 410 && state !== 'open') return
      if (answer.status !== 200 && answer.status !== 202) return void lost.push(token)
      if (state === 'closed') return void reopened.push(token)
      if (meta.agent_status?.geocoding === 'matched' && meta.agent_status.internet === 'matched') return
      if (performance.now() > until) return void unfinished.push(token)
      await sleep(500)
    }
  }

  async function lookInTurn(worker: number): Promise<void> {
    for (let session = queue.shift(); session !== undefined; session = queue.shift())
      await look(session, urls[worker % urls.length]!)
  }
  await Promise.all(Array.from({ length: 16 }, (_, worker) => lookInTurn(worker)))
  return { lost, reopened, unfinished }
}

interface Row {
  readonly token: string
  readonly params: string
  readonly ended_at: number | null
  readonly has_reports: boolean
}

const ROWS = `SELECT token, params, ended_at, geocoding IS NOT NULL OR internet IS NOT NULL AS has_reports FROM session`

async function readRows(place: string): Promise<Row[]> {
  if (!place.startsWith('postgres:')) {
    const db = new Database(place, { readonly: true })
    const rows = db.prepare<[], Omit<Row, 'has_reports'> & { has_reports: number }>(ROWS).all()
    db.close()
    return rows.map((row) => ({ ...row, has_reports: row.has_reports === 1 }))
  }
  const client = new Client(place)
  await client.connect()
  const { rows } = await client.query<Row>(ROWS)
  await client.end()
  return rows
}

const campaignOf = ({ params }: Row): string => (JSON.parse(params) as { campaignId?: string }).campaignId ?? ''

/** Keys of requests that are sent again until they are answered, and of which the store holds several sessions. */
function findDuplicates(sessions: readonly RememberedSession[], rows: readonly Row[]): string[] {
  const counts = new Map<string, number>()
  for (const campaignId of rows.map(campaignOf)) counts.set(campaignId, (counts.get(campaignId) ?? 0) + 1)
  return sessions.map(({ campaignId }) => campaignId).filter((campaignId) => counts.get(campaignId) !== 1)
}

function findDoneUnanswered({ answers, sessions }: SessionLoad, rows: readonly Row[]): string[] {
  const answered = new Set(sessions.map(({ campaignId }) => campaignId))
  const unanswered = new Set(answers.filter(({ status }) => status === 0).map(({ campaignId }) => campaignId))
  const opened = rows.map(campaignOf).filter((campaignId) => unanswered.has(campaignId) && !answered.has(campaignId))
  const closing = new Set(sessions.filter(({ state }) => state === 'closing').map(({ token }) => token))
  const closed = rows.filter((row) => row.ended_at !== null).map(({ token }) => token)
  return [...opened, ...closed.filter((token) => closing.has(token))]
}

/** How long after the end of the fault before it a moment was, in milliseconds; 0 and less within it. */
function sinceFault(at: number, faults: readonly { from: number; to: number }[]): number {
  // A failure before any fault has no excuse.
  return at - (faults.findLast(({ from }) => from <= at)?.to ?? Number.NEGATIVE_INFINITY)
}

/** Lines of the log at level error that do not tell of an unavailable state, and what ends a process. */
function isUnforeseen(line: string): boolean {
  if (!line.startsWith('{')) return /Error|^ +at /.test(line)
  const { level, err } = JSON.parse(line) as { level: number; err?: { type?: string; message?: string } }
  return level >= 50 && err?.type !== 'AppError'
}
