import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256File } from '../lib/sha256-file.ts'

/** What became of one source file: the files made of it, and what is to be known about them. */
export interface KeptResult<Facts> {
  readonly folder: string
  readonly facts: Facts
}

/** Results of single source files, kept from one build to the next so that only what changed is read again. */
export interface KeptResults {
  /**
   * Made once in the folder and never told. What must not lie on disk as it is, such as location ids, is kept as a hash
   * with it.
   */
  readonly secret: string
  /** The result of a recipe; `undefined` where none is kept, or it is not, byte for byte, what was made. */
  find(recipe: unknown): Promise<KeptResult<unknown> | undefined>
  /** Makes the result of a recipe in a folder that is handed over, and keeps it once it is whole. */
  make<Facts>(recipe: unknown, make: (folder: string) => Promise<Facts>): Promise<KeptResult<Facts>>
  /** The result of a recipe that is always made alike, kept or made. */
  take<Facts>(recipe: unknown, make: (folder: string) => Promise<Facts>): Promise<KeptResult<Facts>>
  /** Keeps the result of a recipe for a later build, unread, where there is one. */
  spare(recipe: unknown): void
  /** Names of the results that were found, made or spared. */
  readonly used: ReadonlySet<string>
}

export interface KeptResultsOptions {
  readonly folder: string
  /** On the same disk; results are made here and moved when they are whole. */
  readonly temporaryFolder: string
  /** Takes nothing that an earlier build kept. */
  readonly isFresh: boolean
  readonly report: (line: string) => void
}

interface ResultRecord {
  readonly facts: unknown
  /** File → SHA-256. */
  readonly files: Readonly<Record<string, string>>
}

const RECORD = 'result.json'
const SECRET = 'secret'

/**
 * Opens the results kept in a folder, which is made where there is none.
 *
 * A recipe is everything that a result depends on: the checksums of the files, the settings, and the code. Each result is
 * a folder named for its recipe, with a record of its files' checksums, so that one that was damaged is made again.
 */
export function openKeptResults({ folder, temporaryFolder, isFresh, report }: KeptResultsOptions): KeptResults {
  mkdirSync(folder, { recursive: true })
  const secret = openSecret(join(folder, SECRET))
  const used = new Set<string>()
  const nameOf = (recipe: unknown): string => sha256(JSON.stringify([secret, recipe])).slice(0, 32)
  const kept: KeptResults = {
    secret,
    used,
    spare: (recipe) => void used.add(nameOf(recipe)),
    find: async (recipe) => {
      const name = nameOf(recipe)
      const path = join(folder, name)
      if ((isFresh && !used.has(name)) || !existsSync(path)) return undefined
      const record = await readWhole(path)
      if (!record) {
        report('A kept result is damaged: it is made again')
        rmSync(path, { recursive: true, force: true })
        return undefined
      }
      used.add(name)
      return { folder: path, facts: record.facts }
    },
    make: async (recipe, make) => {
      const name = nameOf(recipe)
      const path = join(folder, name)
      const made = join(temporaryFolder, `result-${name}`)
      mkdirSync(made, { recursive: true })
      const facts = await make(made)
      await writeRecord(made, facts)
      rmSync(path, { recursive: true, force: true })
      renameSync(made, path)
      used.add(name)
      return { folder: path, facts }
    },
    take: async (recipe, make) => {
      const found = await kept.find(recipe)
      return found ? (found as KeptResult<Awaited<ReturnType<typeof make>>>) : kept.make(recipe, make)
    },
  }
  return kept
}

/** Removes the kept results that no file of the build asked for. */
export function pruneKeptResults(folder: string, used: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    if (name !== SECRET && !used.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

function openSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    const secret = randomBytes(32).toString('hex')
    writeFileSync(file, secret, { mode: 0o600 })
    return secret
  }
}

async function writeRecord(folder: string, facts: unknown): Promise<void> {
  const files: Record<string, string> = {}
  for (const name of readdirSync(folder).sort()) files[name] = await sha256File(join(folder, name))
  const record = JSON.stringify({ facts, files } satisfies ResultRecord)
  writeFileSync(join(folder, RECORD), `${sha256(record)}\n${record}`)
}

/** `undefined` when the record or one of the files is not what was written. */
async function readWhole(folder: string): Promise<ResultRecord | undefined> {
  try {
    const [checksum, text = ''] = readFileSync(join(folder, RECORD), 'utf8').split('\n', 2)
    if (sha256(text) !== checksum) return undefined
    const record = JSON.parse(text) as ResultRecord
    for (const [name, expected] of Object.entries(record.files)) {
      if ((await sha256File(join(folder, name))) !== expected) return undefined
    }
    return record
  } catch {
    return undefined
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
