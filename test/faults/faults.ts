import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TwoDataSets } from '../support/changed-sandbox.ts'
import type { FaultWorld } from '../support/fault-world.ts'
import { publishDataSet, withdrawDataSet } from '../support/served-folder.ts'
import type { SmallDisk } from '../support/small-disk.ts'

/** `kill -9` of a server at random moments, so many times; it is started again each time. */
export async function killServers({ servers, load, suffer, startAgain }: FaultWorld, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await sleep(Math.random() * 1000)
    const index = time % servers.length
    await suffer(async () => {
      await servers[index]!.end('SIGKILL')
      await startAgain(index)
    })
    await load.served(10)
  }
}

/** Servers are replaced in turn, as by those of a new version, so many times; each has to end by itself. */
export async function replaceServers({ servers, load, suffer, startAgain }: FaultWorld, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await sleep(Math.random() * 1000)
    const index = time % servers.length
    await suffer(async () => {
      const server = servers[index]!
      const code = await server.end('SIGTERM')
      if (code !== 0) throw new Error(`A server that was told to stop ended with ${code}:\n${server.output()}`)
      await startAgain(index)
    })
    await load.served(10)
  }
}

/** PostgreSQL is stopped as an operator does, and started. */
export const restartPostgres = ({ postgres, suffer }: FaultWorld): Promise<void> => suffer(() => postgres.restart())

/** PostgreSQL ends as in a crash, and recovers. */
export const crashPostgres = ({ postgres, suffer }: FaultWorld): Promise<void> => suffer(() => postgres.crash())

/** PostgreSQL keeps its connections and answers nothing. */
export const pausePostgres = ({ postgres, suffer }: FaultWorld, milliseconds: number): Promise<void> =>
  suffer(async () => {
    await postgres.pause()
    await sleep(milliseconds)
    await postgres.resume()
  })

/** PostgreSQL ends all connections and refuses new ones. */
export const refuseConnections = ({ postgres, database, suffer }: FaultWorld, milliseconds: number): Promise<void> =>
  suffer(async () => {
    await postgres.refuse(database)
    await sleep(milliseconds)
    await postgres.accept(database)
  })

/** Something else fills the disk that the state file lies on, and is removed when so many requests have failed. */
export const fillDisk = ({ load, suffer }: FaultWorld, disk: SmallDisk, failures: number): Promise<void> =>
  suffer(async () => {
    const countFailures = (): number => load.answers.filter(({ status }) => status >= 500).length
    const before = countFailures()
    disk.fill()
    while (countFailures() < before + failures) await sleep(20)
    disk.free()
  })

/** Lets another data set take over again and again in a served folder that holds the older one, until `meanwhile` is done. */
export async function swapDataSets(
  { servers }: FaultWorld,
  served: string,
  { newer }: TwoDataSets,
  meanwhile: Promise<void>,
): Promise<void> {
  const isOver = new AbortController()
  const over = meanwhile.finally(() => isOver.abort())
  while (!isOver.signal.aborted) {
    if (existsSync(join(served, basename(newer.path)))) withdrawDataSet(served, newer)
    else publishDataSet(served, newer)
    for (const { child } of servers) child.kill('SIGHUP')
    await sleep(1000)
  }
  await over
}
