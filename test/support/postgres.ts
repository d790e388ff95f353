import { execFile } from 'node:child_process'
import { appendFileSync, chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'

const run = promisify(execFile)

const FOLDERS = ['/usr/lib/postgresql/*/bin', '/opt/homebrew/bin', '/usr/local/bin', '/usr/bin']

/** Programs of the newest PostgreSQL server that the machine has. */
const programs = FOLDERS.flatMap((folder) =>
  globSync(join(folder, 'initdb'))
    .map(dirname)
    .sort((a, b) => b.localeCompare(a, undefined, { numeric: true })),
)[0]

/**
 * Whether tests on PostgreSQL can run here; where not, they are skipped with a line that says so.
 * With `CI=true` they have to.
 */
export const hasPostgres = programs !== undefined
if (!hasPostgres) {
  const message = 'PostgreSQL is not installed (no initdb was found): tests on it do not run.'
  if (process.env.CI === 'true') throw new Error(message)
  console.warn(message)
}

/** A PostgreSQL server of its own, thrown away at the end. */
export interface PostgresServer {
  /** The address of a database of that name, created empty. */
  createDatabase(name: string): Promise<string>
  restart(): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
  /** Ends as in a crash, without a word to anybody, and starts again. */
  crash(): Promise<void>
  /** Holds all of its processes, so that connections stay open and nothing answers, until `resume`. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Ends all connections to a database and takes none, until `accept`. */
  refuse(name: string): Promise<void>
  accept(name: string): Promise<void>
  destroy(): Promise<void>
}

/** Starts a server on a free port of the loopback address. It does not run as root, which PostgreSQL refuses. */
export async function startPostgres(): Promise<PostgresServer> {
  if (programs === undefined) throw new Error('PostgreSQL is not installed.')
  const folder = mkdtempSync(join(tmpdir(), 'hum-postgres-'))
  const data = join(folder, 'data')
  const user = process.getuid?.() === 0 ? ownerOf('/var/lib/postgresql') : undefined
  if (user) chownSync(folder, user.uid, user.gid)
  const port = await findFreePort()
  const call = async (program: string, args: readonly string[]): Promise<void> => {
    await run(join(programs, program), args, { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' }, ...user })
  }
  const control = (action: string, mode = 'fast'): Promise<void> =>
    call('pg_ctl', ['-D', data, '-w', '-m', mode, '-l', join(folder, 'log'), action])
  const pid = (): number => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  const ask = async (...statements: readonly string[]): Promise<void> => {
    const client = new Client(`postgres://hum@127.0.0.1:${port}/postgres`)
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }

  await call('initdb', ['-D', data, '-U', 'hum', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'])
  appendFileSync(
    join(data, 'postgresql.conf'),
    `port = ${port}\nunix_socket_directories = ''\nlisten_addresses = '127.0.0.1'\nmax_connections = 200\nfsync = off\n`,
  )
  await control('start')
  return {
    createDatabase: async (name) => {
      await ask(`CREATE DATABASE "${name}"`)
      return `postgres://hum@127.0.0.1:${port}/${name}`
    },
    restart: () => control('restart'),
    stop: () => control('stop'),
    start: () => control('start'),
    crash: async () => {
      await control('stop', 'immediate')
      await control('start')
    },
    pause: () => signalTree(pid(), 'SIGSTOP'),
    resume: () => signalTree(pid(), 'SIGCONT'),
    refuse: (name) =>
      ask(
        `ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      ),
    accept: (name) => ask(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`),
    destroy: async () => {
      if (existsSync(join(data, 'postmaster.pid'))) await signalTree(pid(), 'SIGCONT').catch(() => {})
      // What it holds is thrown away, and needs no bringing to the disk.
      await control('stop', 'immediate').catch(() => {})
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Signals a process and its children, the parent first so that it makes no more of them meanwhile. */
async function signalTree(parent: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(parent, signal)
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid='])
  const pairs = stdout.split('\n').map((line) => line.trim().split(/ +/).map(Number))
  for (const [child, itsParent] of pairs) {
    if (itsParent !== parent || child === undefined) continue
    try {
      process.kill(child, signal)
    } catch {
      // It has ended since it was listed.
    }
  }
}

function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  if (!existsSync(folder)) return undefined
  const { uid, gid } = statSync(folder)
  return { uid, gid }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}
