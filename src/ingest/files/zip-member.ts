import { basename } from 'node:path'
import { Transform } from 'node:stream'
import type { Readable, TransformCallback } from 'node:stream'
import { crc32 } from 'node:zlib'
import { openPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { AppError } from '../../lib/errors.ts'

/** More files than any published archive holds; a zip that claims more is damaged or hostile. */
const MAX_MEMBERS = 100_000
/** Deflate cannot do better than 1 to 1,032. */
const MAX_RATIO = 1_032

/** A file in a zip. */
export interface ZipMember {
  /** Full name inside the zip. It is only ever compared, never used as a path on disk. */
  readonly member: string
  readonly uncompressedBytes: number
}

/** Lists the files of a zip by name. Folders and hidden files are left out. */
export async function listZipMembers(path: string): Promise<ZipMember[]> {
  const members: ZipMember[] = []
  await withZip(path, async (zip) => {
    for await (const entry of zip.eachEntry()) {
      if (members.length >= MAX_MEMBERS)
        throw new AppError('source_unreadable', `${basename(path)} holds too many files.`)
      const { fileName: member, uncompressedSize: uncompressedBytes, compressedSize } = entry
      const name = member.slice(member.lastIndexOf('/') + 1)
      if (name === '' || name.startsWith('.') || member.startsWith('__MACOSX/')) continue
      if (uncompressedBytes > compressedSize * MAX_RATIO + 1024) {
        throw new AppError('source_unreadable', `${basename(path)} claims impossible sizes. Fetch it again.`)
      }
      members.push({ member, uncompressedBytes })
    }
  })
  return members.sort((a, b) => (a.member < b.member ? -1 : 1))
}

/**
 * Opens one file of a zip for reading from its start.
 *
 * The stream fails with `source_unreadable` when the data is cut off, longer than the zip says, or does not have the
 * checksum that the zip gives for it. Ending or destroying the stream closes the zip.
 */
export async function openZipMember(path: string, member: string): Promise<Readable> {
  const zip = await openZip(path)
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== member) continue
      if (entry.isEncrypted())
        throw new AppError('source_unreadable', `${basename(path)} is encrypted. Decrypt it first.`)
      return checkedStream(zip, entry, await zip.openReadStreamPromise(entry), basename(path))
    }
    throw new AppError('source_unreadable', `${basename(path)} changed while it was read.`)
  } catch (error) {
    zip.close()
    throw unreadable(path, error)
  }
}

function checkedStream(zip: ZipFile, entry: Entry, raw: Readable, archive: string): Readable {
  let checksum = 0
  const check = new Transform({
    highWaterMark: 1 << 18,
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      checksum = crc32(chunk, checksum)
      done(null, chunk)
    },
    flush(done: TransformCallback) {
      if (checksum === entry.crc32) done()
      else done(new AppError('source_unreadable', `${archive} is damaged: a checksum is wrong. Fetch it again.`))
    },
    destroy(error, done) {
      raw.destroy()
      zip.close()
      done(error)
    },
  })
  raw.on('error', (error) => check.destroy(unreadable(archive, error)))
  return raw.pipe(check)
}

async function withZip(path: string, use: (zip: ZipFile) => Promise<void>): Promise<void> {
  const zip = await openZip(path)
  try {
    await use(zip)
  } catch (error) {
    throw unreadable(path, error)
  } finally {
    zip.close()
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true })
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error
  const why = error instanceof Error ? error.message : String(error)
  return new AppError('source_unreadable', `${basename(path)} is damaged (${why}). Fetch it again.`, { cause: error })
}
