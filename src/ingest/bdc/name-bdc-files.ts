import { basename } from 'node:path'
import type { SourceFile } from '../files/source-file.ts'
import type { ChecksumOf } from '../recipe.ts'
import { parseBdcFileName } from './bdc-file-name.ts'
import type { BdcFileName } from './bdc-file-name.ts'

/** A file with what its name tells. */
export interface NamedFile {
  readonly file: SourceFile
  readonly sha256: string
  readonly told: BdcFileName
}

/** A file that was not read, with the reason. */
export interface RefusedFile {
  readonly file: string
  readonly reason: string
}

/**
 * Reads the names of files, that of a zip before that of the file inside. A file given twice, under whatever names, is
 * refused the second time.
 */
export async function nameBdcFiles(
  files: readonly SourceFile[],
  checksumOf: ChecksumOf,
): Promise<{ readonly named: NamedFile[]; readonly refused: RefusedFile[] }> {
  const seen = new Map<string, string>()
  const named: NamedFile[] = []
  const refused: RefusedFile[] = []
  for (const file of files) {
    const sha256 = await checksumOf(file.path)
    const key = `${sha256} ${file.member ?? ''}`
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      refused.push({ file: basename(file.path), reason: `the same file as ${earlier}` })
      continue
    }
    seen.set(key, basename(file.path))
    named.push({ file, sha256, told: readNames(file) })
  }
  return { named, refused }
}

function readNames({ path, member = '' }: SourceFile): BdcFileName {
  const outer = parseBdcFileName(path)
  const inner = parseBdcFileName(member)
  return {
    stateFips: outer.stateFips ?? inner.stateFips,
    providerId: outer.providerId ?? inner.providerId,
    asOfDate: outer.asOfDate ?? inner.asOfDate,
    revision: outer.revision ?? inner.revision,
  }
}

/**
 * Files that are counted together: those of a state, in the order of states. All in one where a name does not tell its
 * state, since any of the others may be of the same.
 */
export function groupByState(files: readonly NamedFile[]): NamedFile[][] {
  if (files.length === 0) return []
  if (files.some(({ told }) => told.stateFips === undefined)) return [[...files]]
  const groups = Map.groupBy(files, ({ told }) => told.stateFips ?? '')
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}
