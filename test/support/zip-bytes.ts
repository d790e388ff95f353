import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A zip of these members in memory; the same members give the same bytes. */
export async function zipBytes(members: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(members)) {
    zip.addBuffer(Buffer.from(content as string), name, { mtime: new Date(2025, 8, 22) })
  }
  zip.end()
  return await buffer(zip.outputStream)
}
