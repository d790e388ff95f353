import { dirname } from 'node:path'
import { readFetchManifest } from './fetch/fetch-manifest.ts'
import type { FoundSources } from './find-sources.ts'

/**
 * The days on which files were fetched, by the SHA-256 of the file, so that a file that was changed or replaced since
 * has none. Empty for files that the operator brought.
 */
export async function findRetrievalDates(sources: FoundSources): Promise<ReadonlyMap<string, string>> {
  const { tiger, setAside: _, ...lists } = sources
  const files = [...tiger.map(({ table }) => table), ...Object.values(lists).flat()]
  const dates = new Map<string, string>()
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    for (const { sha256, retrievedOn } of (await readFetchManifest(folder)).values()) dates.set(sha256, retrievedOn)
  }
  return dates
}
