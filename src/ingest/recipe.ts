import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { SCHEMA_VERSION } from '../dataset/data-set.ts'
import { sha256File } from '../lib/sha256-file.ts'
import type { SourceLocation } from './files/source-file.ts'

const ROOT = join(import.meta.dirname, '../..')

/** The SHA-256 of a file; each file is read once. */
export type ChecksumOf = (path: string) => Promise<string>

/** Reads each file once; `known` are those that were read before. */
export function createChecksums(known: Iterable<readonly [path: string, sha256: string]> = []): ChecksumOf {
  const checksums = new Map(known)
  return async (path) => {
    const checksum = checksums.get(path) ?? (await sha256File(path))
    checksums.set(path, checksum)
    return checksum
  }
}

/** One figure for all code that builds: Hum's own, and the versions of the packages that it uses. */
export function checksumCode(): string {
  const hash = createHash('sha256').update(String(SCHEMA_VERSION))
  for (const name of globSync('src/{address,dataset,ingest,lib}/**/*.{ts,json,txt}', { cwd: ROOT }).sort()) {
    if (!name.endsWith('.test.ts')) hash.update(name).update(readFileSync(join(ROOT, name)))
  }
  return hash.update(readFileSync(join(ROOT, 'package.json'))).digest('hex')
}

/** What tells a file from every other: its names, which the report gives, and its content; not its folder. */
export async function identify(
  { name, member, path }: Pick<SourceLocation, 'name' | 'member' | 'path'>,
  checksumOf: ChecksumOf,
): Promise<readonly string[]> {
  return [basename(path), name, member ?? '', await checksumOf(path)]
}
