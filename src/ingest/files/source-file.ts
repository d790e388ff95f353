import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../lib/errors.ts'
import { listZipMembers, openZipMember } from './zip-member.ts'

/** Where a file lies; may be handed to another thread. */
export interface SourceLocation {
  /** Bare name, without the folders around it and without `.gz`. */
  readonly name: string
  /** The file on disk: the file itself, or the zip that holds it. */
  readonly path: string
  /** Where inside the zip, with the folders that the zip gives; absent for a file on disk. */
  readonly member?: string | undefined
  readonly isGzipped?: boolean | undefined
  readonly sizeBytes: number
}

/** One file to read, wherever it lies: on disk or inside a zip. */
export interface SourceFile extends SourceLocation {
  open(): Promise<Readable>
}

/** The file at a place that `listSourceFiles` found. */
export function sourceFileAt({ name, path, member, isGzipped, sizeBytes }: SourceLocation): SourceFile {
  return {
    name,
    path,
    member,
    isGzipped,
    sizeBytes,
    open: async () => {
      if (member !== undefined) return openZipMember(path, member)
      const stream = createReadStream(path, { highWaterMark: 1 << 18 })
      return isGzipped ? pipeline(stream, createGunzip(), ignoreError) : stream
    },
  }
}

/** The error reaches the reader through the stream itself. */
function ignoreError(): void {}

/**
 * Lists what can be read at a path: the file, the members of the zip, or everything in a folder and below it.
 *
 * Zips inside a folder are opened, zips inside zips are not. Names starting with a dot are left out, and links to
 * folders within the folder are not followed, since they may lead in circles. The order is that of the names, so that
 * two machines read the same files in the same order.
 *
 * @throws AppError `source_unreadable` when the path does not exist, a zip is damaged, or a file that is called a zip
 *   is something else, such as the web page of a failed download.
 */
export async function listSourceFiles(path: string): Promise<SourceFile[]> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new AppError('source_unreadable', `There is no file or folder ${path}.`, { cause: error })
  })
  if (!stats.isDirectory()) return listFile(path, stats.size)
  const names: string[] = []
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue
    const target = entry.isSymbolicLink() ? await stat(join(path, entry.name)).catch(() => undefined) : entry
    if (target?.isFile() || entry.isDirectory()) names.push(entry.name)
  }
  const nested: SourceFile[][] = []
  for (const name of names.sort()) nested.push(await listSourceFiles(join(path, name)))
  return nested.flat()
}

async function listFile(path: string, sizeBytes: number): Promise<SourceFile[]> {
  const start = await readStart(path)
  if (start.startsWith('PK\u0003\u0004') || start.startsWith('PK\u0005\u0006')) {
    const members = await listZipMembers(path)
    return members.map(({ member, uncompressedBytes }) =>
      sourceFileAt({ name: member.slice(member.lastIndexOf('/') + 1), path, member, sizeBytes: uncompressedBytes }),
    )
  }
  if (/^\s*<(!doctype html|html)/i.test(start) && !/\.html?$/i.test(path)) {
    throw new AppError('source_unreadable', `${basename(path)} holds a web page, not data. Fetch it again.`)
  }
  if (/\.zip$/i.test(path)) {
    throw new AppError('source_unreadable', `${basename(path)} is called a zip but is none. Fetch it again.`)
  }
  const isGzipped = start.startsWith('\u001f\u008b')
  const name = isGzipped ? basename(path).replace(/\.gz$/i, '') : basename(path)
  return [sourceFileAt({ name, path, isGzipped, sizeBytes })]
}

async function readStart(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0)
    return buffer.toString('latin1', 0, bytesRead).replace(/^\u00ef\u00bb\u00bf/, '')
  } finally {
    await file.close()
  }
}
