import { parentPort, workerData } from 'node:worker_threads'
import { createDataSet } from '../dataset/data-set-writer.ts'
import { AppError, codeOf } from '../lib/errors.ts'
import { stopWhenTold } from '../lib/stop-thread.ts'
import { countFrom } from './count-from.ts'
import { sourceFileAt } from './files/source-file.ts'
import { openKeptResults } from './kept-results.ts'
import { createChecksums } from './recipe.ts'
import { writeStreets } from './write-streets.ts'
import type { StreetJob, StreetMessage } from './write-streets-aside.ts'

const { file, zips, points, tiger, settings, firstSourceId, kept, code, checksums } = workerData as StreetJob
// A thread's port has no origin, unlike a window.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
const say = (message: StreetMessage): void => parentPort?.postMessage(message)

stopWhenTold()
try {
  const { db } = createDataSet(file)
  const report = (line: string): void => say({ line })
  const results = openKeptResults({ ...kept, report })
  const written = await writeStreets(
    db,
    {
      zips: zips.map(sourceFileAt),
      points: points.map(sourceFileAt),
      tiger: tiger.map((layer) => ({
        ...layer,
        table: sourceFileAt(layer.table),
        shape: layer.shape && sourceFileAt(layer.shape),
        encoding: layer.encoding && sourceFileAt(layer.encoding),
      })),
    },
    settings,
    {
      nextSourceId: countFrom(firstSourceId),
      report,
      kept: results,
      code,
      checksumOf: createChecksums(checksums),
    },
  )
  db.close()
  say({ written: { ...written, used: results.used } })
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  say({ failed: { message, code: codeOf(error), isAppError: error instanceof AppError } })
}
