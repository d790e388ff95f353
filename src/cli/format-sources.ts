import type { SourceEntry } from '../dataset/manifest.ts'

const count = (rows: number): string => rows.toLocaleString('en-US')

const words = (name: string): string => name.replaceAll('_', ' ')

/** Sources one below the other with what became of their rows, for a terminal. */
export function formatSources(sources: readonly SourceEntry[]): string {
  const width = Math.max(0, ...sources.map(({ file }) => file.length))
  return sources
    .map(({ file, kind, vintage, revision, rowsRead, rowsKept, rejected, details = {} }) => {
      const dates = [words(kind), vintage, revision && `revised ${revision}`].filter(Boolean).join(' ')
      const indent = ' '.repeat(width + 4)
      return [
        `${file.padEnd(width)}  ${dates}: ${count(rowsRead)} rows read, ${count(rowsKept)} kept`,
        ...Object.entries(rejected).map(([reason, rows]) => `${indent}${count(rows)} left out: ${words(reason)}`),
        ...Object.entries(details).flatMap(([name, rows]) =>
          rows === 0 ? [] : `${indent}${count(rows)} ${words(name)}`,
        ),
      ].join('\n')
    })
    .join('\n')
}
