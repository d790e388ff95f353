import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../lib/errors.ts'
import { listZipMembers, openZipMember } from './zip-member.ts'

/** One file to read, wherever it lies: on disk or inside a zip. */
export interface SourceFile {
  /** Bare name, without the folders around it and without `.gz`. */
  readonly name: string
  /** The file on disk: the file itself, or the zip that holds it. */
  readonly path: string
  /** Where inside the zip, with the folders that the zip gives; absent for a file on disk. */
  readonly member?: string | undefined
  readonly sizeBytes: number
  open(): Promise<Readable>
}

/**
 * Lists what can be read at a path: the file, the members of the zip, or everything in a folder and below it.
 *
 * Zips inside a folder are opened, zips inside zips are not. Names starting with a dot are left out. The order is that
 * of the names, so that two machines read the same files in the same order.
 *
 * @throws AppError `source_unreadable` when the path does not exist, a zip is damaged, or a file that is called a zip
 *   is something else, such as the web page of a failed download.
 */
export async function listSourceFiles(path: string): Promise<SourceFile[]> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new AppError('source_unreadable', `There is no file or folder ${path}.`, { cause: error })
  })
  if (!stats.isDirectory()) return listFile(path, stats.size)
  const names = (await readdir(path, { withFileTypes: true }))
    .filter((entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory() || entry.isSymbolicLink()))
    .map((entry) => entry.name)
    .sort()
  const nested: SourceFile[][] = []
  for (const name of names) nested.push(await listSourceFiles(join(path, name)))
  return nested.flat()
}

async function listFile(path: string, sizeBytes: number): Promise<SourceFile[]> {
  const start = await readStart(path)
  if (start.startsWith('PK\u0003\u0004') || start.startsWith('PK\u0005\u0006')) {
    const members = await listZipMembers(path)
    return members.map(({ member, uncompressedBytes }) => ({
      name: member.slice(member.lastIndexOf('/') + 1),
      path,
      member,
      sizeBytes: uncompressedBytes,
      open: () => openZipMember(path, member),
    }))
  }
  if (/^\s*<(!doctype html|html)/i.test(start) && !/\.html?$/i.test(path)) {
    throw new AppError('source_unreadable', `${basename(path)} holds a web page, not data. Fetch it again.`)
  }
  if (/\.zip$/i.test(path)) {
    throw new AppError('source_unreadable', `${basename(path)} is called a zip but is none. Fetch it again.`)
  }
  if (start.startsWith('\u001f\u008b')) {
    const name = basename(path).replace(/\.gz$/i, '')
    return [{ name, path, sizeBytes, open: async () => pipeline(readFile(path), createGunzip(), ignoreError) }]
  }
  return [{ name: basename(path), path, sizeBytes, open: async () => readFile(path) }]
}

const readFile = (path: string): Readable => createReadStream(path, { highWaterMark: 1 << 18 })

/** The error reaches the reader through the stream itself. */
function ignoreError(): void {}

async function readStart(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0)
    return buffer.toString('latin1', 0, bytesRead).replace(/^\u00ef\u00bb\u00bf/, '')
  } finally {
    await file.close()
  }
}
