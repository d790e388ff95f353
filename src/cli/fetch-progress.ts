import { Presets, SingleBar } from 'cli-progress'
import type { Clock } from '../lib/clock.ts'
import type { PlannedFile } from '../ingest/fetch/planned-file.ts'
import type { FetchListener, FetchOutcome } from '../ingest/fetch/run-fetch.ts'
import { formatBytes } from './format-bytes.ts'

/** Shows a fetch while it runs, and counts what became of the files. */
export interface FetchProgress extends FetchListener {
  /** Ends the display. */
  stop(): void
  readonly counts: Readonly<Record<FetchOutcome, number>>
  readonly receivedBytes: () => number
}

/** A bar on a terminal; elsewhere, for a log, a plain line for each file. Failures and retries are lines in both. */
export function showFetchProgress(
  files: readonly PlannedFile[],
  stream: NodeJS.WriteStream,
  clock: Clock,
): FetchProgress {
  const counts: Record<FetchOutcome, number> = { fetched: 0, unchanged: 0, failed: 0 }
  const beganAt = clock()
  let received = 0
  let done = 0
  const bar = stream.isTTY
    ? new SingleBar(
        {
          stream,
          format: '{bar} {value}/{total} files  {received}  {rate}/s',
          clearOnComplete: true,
          hideCursor: true,
        },
        Presets.shades_classic,
      )
    : undefined
  bar?.start(files.length, 0, figures())

  function figures(): { received: string; rate: string } {
    const seconds = Math.max(1, (clock() - beganAt) / 1000)
    return { received: formatBytes(received), rate: formatBytes(received / seconds) }
  }

  function writeLine(line: string): void {
    // The bar stands on the last line: the line takes its place and the bar is drawn again below.
    stream.write(bar ? `\r\u001b[K${line}\n` : `${line}\n`)
    bar?.render()
  }

  return {
    counts,
    receivedBytes: () => received,
    received: (_file, bytes) => {
      received += bytes
      bar?.update(done, figures())
    },
    retrying: (_file, reason, waitMs) => writeLine(`${reason} Again in ${Math.ceil(waitMs / 1000)} s.`),
    finished: (file, outcome, bytes, reason) => {
      counts[outcome]++
      done++
      bar?.update(done, figures())
      const count = `${String(done).padStart(String(files.length).length)}/${files.length}`
      if (outcome === 'failed') writeLine(`${count} ${file.name}: ${reason}`)
      else if (!bar) writeLine(`${count} ${file.name}  ${outcome === 'fetched' ? formatBytes(bytes) : 'unchanged'}`)
    },
    stop: () => bar?.stop(),
  }
}
