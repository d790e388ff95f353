import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { SCHEMA_VERSION } from '../dataset/data-set.ts'
import { listDataSetVersions, resolveDataSetFile } from '../dataset/data-set-file.ts'
import { AppError } from '../lib/errors.ts'

const SOURCES = resolve(import.meta.dirname, '../../data/sandbox')

/**
 * The data set of the sandbox region, built from `data/sandbox/` with the same command as real data when there is none
 * of these very sources yet.
 *
 * A process of its own builds it, so that DuckDB stays out of the one that serves.
 *
 * @param home the folder for what Hum makes for itself; the data set goes below it.
 * @throws AppError `data_set_unwritable` when it cannot be built there.
 */
export async function ensureSandboxDataSet(home = '.hum'): Promise<string> {
  const folder = join(home, `sandbox-${fingerprint()}`)
  if (!existsSync(folder) || listDataSetVersions(folder).length === 0) {
    const main = join(import.meta.dirname, 'main.ts')
    try {
      await promisify(execFile)(process.execPath, [main, 'data', 'build', SOURCES, '--sandbox', '--out', folder])
    } catch (error) {
      throw new AppError(
        'data_set_unwritable',
        'The sandbox data set could not be built. Start Hum in a folder it may write to, or set HUM_DATA to data of your own.',
        { cause: error },
      )
    }
  }
  return resolveDataSetFile(folder)
}

/** Changes with the sandbox's sources and with the schema they are built to. */
function fingerprint(): string {
  const hash = createHash('sha256').update(String(SCHEMA_VERSION))
  for (const file of globSync('**/*.{csv,txt}', { cwd: SOURCES }).sort()) {
    hash.update(file).update(readFileSync(join(SOURCES, file)))
  }
  return hash.digest('hex').slice(0, 12)
}
