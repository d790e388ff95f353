import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Version } from './download-file.ts'

/** Where and when a file was fetched. */
export interface FetchedFile extends Version {
  /** Bare name within its folder. */
  readonly name: string
  /** Without a query, where tokens hide. */
  readonly url: string
  /** What the file is about, the same for each later version of it: `addrfeat 23005`. */
  readonly subject: string
  /** ISO 8601, the day in UTC on which it was downloaded. */
  readonly retrievedOn: string
  readonly bytes: number
  readonly sha256: string
}

/** The record beside fetched files; hidden, so that nothing takes it for data. */
const FETCH_MANIFEST = '.hum-fetch.json'

/** What was fetched into a folder, by name; empty where nothing was or the record cannot be read. */
export async function readFetchManifest(folder: string): Promise<Map<string, FetchedFile>> {
  try {
    const { files } = JSON.parse(await readFile(join(folder, FETCH_MANIFEST), 'utf8')) as { files: FetchedFile[] }
    return new Map(files.map((file) => [file.name, file]))
  } catch {
    return new Map()
  }
}

/** Writes the record whole or not at all. */
export async function writeFetchManifest(folder: string, files: ReadonlyMap<string, FetchedFile>): Promise<void> {
  const path = join(folder, FETCH_MANIFEST)
  const sorted = [...files.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  await writeFile(`${path}.new`, `${JSON.stringify({ files: sorted }, undefined, 1)}\n`)
  await rename(`${path}.new`, path)
}
