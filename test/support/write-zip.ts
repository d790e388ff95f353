import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** Writes a zip with these members; the same members give the same bytes. */
export async function writeZip(path: string, members: Readonly<Record<string, Buffer | string>>): Promise<void> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(members)) {
    zip.addBuffer(Buffer.from(content as string), name, { mtime: new Date(2025, 8, 22) })
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}
