import { pino } from 'pino'
import type { Logger } from 'pino'
import { describeErrorForLog } from './describe-error-for-log.ts'

/** What is logged, and where to when not to standard output. */
export interface LogSettings {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  readonly stream?: { write(line: string): void }
}

/** Takes lines as JSON objects. */
export type Log = Logger

/** Opens the log. Hum's own, not the framework's, which makes a child of its log for each request, and names paths in it. */
export function openLog({ level, stream }: LogSettings): Log {
  return pino({ level, serializers: { err: describeErrorForLog } }, stream)
}
