import { AppError } from '../lib/errors.ts'
import { sha256File } from '../lib/sha256-file.ts'
import { openDataSet } from './data-set.ts'
import type { DataSet } from './data-set.ts'
import { findManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { checkSize } from './verify-data-set.ts'

/** One thing that was looked at. */
export interface CheckResult {
  readonly check: string
  readonly passed: boolean
  /** What was found, or what is wrong. */
  readonly finding: string
}

/**
 * Looks a data set over, from the file as a whole to its single rows: its manifest and schema, size and checksum,
 * SQLite's integrity check of every page and index, each table's rows and each source against the manifest.
 *
 * Goes on after something was found wrong, as far as that makes sense.
 */
export async function* checkDataSet(file: string): AsyncGenerator<CheckResult> {
  const manifest = attempt('manifest', () => readManifest(file))
  yield manifest.result
  if (manifest.value) yield await checkBytes(file, manifest.value)
  const opened = attempt('schema', () => openAndDescribe(file))
  yield opened.result
  if (!opened.value) return
  const { dataSet } = opened.value
  try {
    yield checkPages(dataSet)
    if (manifest.value) {
      yield checkRows(dataSet, manifest.value)
      yield checkSources(dataSet, manifest.value)
    }
  } finally {
    dataSet.close()
  }
}

function readManifest(file: string): Manifest & { finding: string } {
  const manifest = findManifest(file)
  if (!manifest) {
    throw new AppError('data_set_invalid', 'There is no manifest beside the data set: its bytes cannot be compared.')
  }
  return { ...manifest, finding: `version ${manifest.version}, built ${manifest.builtAt}` }
}

async function checkBytes(file: string, manifest: Manifest): Promise<CheckResult> {
  const check = 'bytes'
  try {
    checkSize(file, manifest)
    const isSame = (await sha256File(file)) === manifest.file.sha256
    return isSame
      ? {
          check,
          passed: true,
          finding: `${count(manifest.file.sizeBytes)} bytes, the checksum is that of the manifest`,
        }
      : { check, passed: false, finding: 'The checksum is not that of the manifest. Copy or build the data set again.' }
  } catch (error) {
    return failed(check, error)
  }
}

function openAndDescribe(file: string): { dataSet: DataSet; finding: string } {
  const dataSet = openDataSet(file)
  return { dataSet, finding: `one that this Hum reads${dataSet.isSandbox ? '; the sandbox, an invented region' : ''}` }
}

function checkPages({ db }: DataSet): CheckResult {
  const check = 'pages'
  try {
    const problems = db.prepare<[], string>('PRAGMA integrity_check(5)').pluck().all()
    const isSound = problems.length === 1 && problems[0] === 'ok'
    return { check, passed: isSound, finding: isSound ? 'every page and index is sound' : problems.join('; ') }
  } catch (error) {
    return failed(check, error)
  }
}

function checkRows({ db }: DataSet, manifest: Manifest): CheckResult {
  const check = 'rows'
  try {
    const wrong = Object.entries(manifest.rows).flatMap(([table, rows]) => {
      const found = db
        .prepare<[], number>(`SELECT count(*) FROM "${table.replaceAll('"', '""')}"`)
        .pluck()
        .get()
      return found === rows ? [] : `${table} has ${count(found ?? 0)} rows where the manifest says ${count(rows)}`
    })
    const total = Object.values(manifest.rows).reduce((sum, rows) => sum + rows, 0)
    const tables = Object.keys(manifest.rows).length
    return wrong.length === 0
      ? { check, passed: true, finding: `${count(total)} in ${tables} tables, as the manifest says` }
      : { check, passed: false, finding: wrong.join('; ') }
  } catch (error) {
    return failed(check, error)
  }
}

function checkSources({ version, sources }: DataSet, manifest: Manifest): CheckResult {
  const wrong: string[] = []
  if (version !== manifest.version) wrong.push(`the data set is ${version}, the manifest that of ${manifest.version}`)
  if (sources.size !== manifest.sources.length) {
    wrong.push(`the data set has ${sources.size} sources, the manifest ${manifest.sources.length}`)
  }
  for (const { file, rowsRead, rowsKept, rejected } of sources.values()) {
    const left = Object.values(rejected).reduce((sum, rows) => sum + rows, 0)
    if (rowsRead !== rowsKept + left)
      wrong.push(`${count(rowsRead - rowsKept - left)} rows of ${file} are unaccounted for`)
  }
  const rows = [...sources.values()].reduce((sum, { rowsRead }) => sum + rowsRead, 0)
  return {
    check: 'sources',
    passed: wrong.length === 0,
    finding:
      wrong.length === 0
        ? `${count(sources.size)}, each of their ${count(rows)} rows kept or counted as left out`
        : wrong.join('; '),
  }
}

function attempt<T extends { readonly finding: string }>(
  check: string,
  look: () => T,
): { readonly result: CheckResult; readonly value?: T } {
  try {
    const value = look()
    return { result: { check, passed: true, finding: value.finding }, value }
  } catch (error) {
    return { result: failed(check, error) }
  }
}

const failed = (check: string, error: unknown): CheckResult => ({
  check,
  passed: false,
  finding: error instanceof Error ? error.message : String(error),
})

const count = (value: number): string => value.toLocaleString('en-US')
