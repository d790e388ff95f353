import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** What was known about a file when its download began; the server holds it against the file it has now. */
export interface PartialState {
  /** Without a query, where tokens hide. */
  readonly url: string
  /** A strong entity tag or the date of the last change, for `If-Range`; without one a download starts over. */
  readonly validator?: string | undefined
  readonly totalBytes?: number | undefined
}

/** A file being downloaded, in a hidden folder beside the place where it will stand. */
export interface PartialFile {
  /** Has the name of the finished file, which its messages tell. */
  readonly path: string
  /** How much is there from an earlier attempt at the same file. */
  resume(url: string): Promise<(PartialState & { readonly bytes: number }) | undefined>
  /** Begins from nothing. */
  begin(state: PartialState): Promise<FileHandle>
  /** Goes on at the end. */
  append(): Promise<FileHandle>
  discard(): Promise<void>
  /** Moves the file to its place, safe on disk before it is seen there. */
  publish(): Promise<void>
}

/** Downloads under way lie here: hidden from whoever reads the folder for data. */
export const PARTIAL_FOLDER = '.partial'

export function partialFile(target: string): PartialFile {
  const folder = join(dirname(target), PARTIAL_FOLDER)
  const path = join(folder, basename(target))
  const stateFile = `${path}.json`
  return {
    path,
    resume: async (url) => {
      try {
        const state = JSON.parse(await readFile(stateFile, 'utf8')) as PartialState
        const { size: bytes } = await stat(path)
        return state.url === url && state.validator !== undefined && bytes > 0 ? { ...state, bytes } : undefined
      } catch {
        return undefined
      }
    },
    begin: async (state) => {
      await mkdir(folder, { recursive: true })
      await rm(stateFile, { force: true })
      const file = await open(path, 'w')
      await writeFile(stateFile, JSON.stringify(state))
      return file
    },
    append: () => open(path, 'a'),
    discard: async () => {
      await rm(stateFile, { force: true })
      await rm(path, { force: true })
    },
    publish: async () => {
      const file = await open(path, 'r')
      await file.sync()
      await file.close()
      await rename(path, target)
      await rm(stateFile, { force: true })
    },
  }
}
