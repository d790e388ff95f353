import { writeFile } from 'node:fs/promises'
import { zipBytes } from './zip-bytes.ts'

/** Writes a zip with these members; the same members give the same bytes. */
export async function writeZip(path: string, members: Readonly<Record<string, Buffer | string>>): Promise<void> {
  await writeFile(path, await zipBytes(members))
}
