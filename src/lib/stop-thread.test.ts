import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const HELPER = pathToFileURL(join(import.meta.dirname, 'stop-thread.ts')).href
const SQLITE = import.meta.resolve('better-sqlite3')

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hum-thread-'))
  writeFileSync(
    join(folder, 'thread.mjs'),
    `import { stopWhenTold } from ${JSON.stringify(HELPER)}
    import Database from ${JSON.stringify(SQLITE)}
    stopWhenTold()
    const db = new Database(':memory:')
    const work = () => db.prepare('SELECT 1').get()
    if (process.argv[2] === 'once') work()
    else setInterval(work, 1)`,
  )
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a program in a process of its own, which a native module may abort. */
function run(program: string): { readonly status: number | null; readonly stderr: string; readonly stdout: string } {
  const file = join(folder, 'main.mjs')
  writeFileSync(
    file,
    `import { setTimeout as sleep } from 'node:timers/promises'
    import { Worker } from 'node:worker_threads'
    import { stopThread } from ${JSON.stringify(HELPER)}
    const start = (...argv) => new Worker(new URL('thread.mjs', import.meta.url), { argv })
    ${program}`,
  )
  return spawnSync(process.execPath, [file], { encoding: 'utf8' })
}

describe('stopThread', () => {
  it('never cuts a thread off within SQLite, which would abort the process', () => {
    // A terminated thread aborts the process in one of about 40 tries.
    const { status, stderr } = run(`
      for (let moment = 0; moment < 120; moment++) {
        const thread = start()
        await sleep(moment % 60)
        await stopThread(thread)
      }`)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  }, 120_000)

  it('comes back when a thread has ended by itself', () => {
    const { status, stdout } = run(`
      const thread = start('once')
      await new Promise((resolve) => thread.once('exit', resolve))
      await stopThread(thread)
      console.log('ended')`)
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'ended\n' })
  })

  it('keeps the process until the thread has ended', () => {
    const { status, stdout } = run(`
      const thread = start()
      thread.unref()
      void stopThread(thread).then(() => console.log('ended'))`)
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'ended\n' })
  })
})
