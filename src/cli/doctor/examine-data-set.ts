import { resolveDataSetFile } from '../../dataset/data-set-file.ts'
import { openDataSet } from '../../dataset/data-set.ts'
import type { DataSet } from '../../dataset/data-set.ts'
import { findManifest } from '../../dataset/manifest.ts'
import { checkSize } from '../../dataset/verify-data-set.ts'
import { ensureSandboxDataSet } from '../sandbox-data-set.ts'
import { ok, toFinding, warning, wrong } from './finding.ts'
import type { Finding } from './finding.ts'

const CHECK = 'data set'

/** The FCC publishes filings twice a year, about half a year after their date: two have been missed by then. */
const STALE_DAYS = 540

const DAY_MS = 86_400_000

/** Whether the data set can be opened, is whole, and how old its filings are; and when it was built, if it says so. */
export async function examineDataSet(
  path: string | undefined,
  now: number,
): Promise<{ finding: Finding; builtAt?: number | undefined }> {
  try {
    const file = path === undefined ? await ensureSandboxDataSet() : resolveDataSetFile(path)
    const manifest = findManifest(file)
    if (manifest) checkSize(file, manifest)
    const dataSet = openDataSet(file)
    try {
      return { finding: judgeAge(dataSet, now), builtAt: manifest && Date.parse(manifest.builtAt) }
    } finally {
      dataSet.close()
    }
  } catch (error) {
    return { finding: toFinding(CHECK, error) }
  }
}

function judgeAge(
  { version, isSandbox, sources }: Pick<DataSet, 'version' | 'isSandbox' | 'sources'>,
  now: number,
): Finding {
  if (isSandbox) return ok(CHECK, `${version}, the sandbox. Set HUM_DATA to serve data of your own.`)
  const newest = [...sources.values()]
    .flatMap(({ kind, vintage }) => (kind === 'bdc_availability' ? (vintage ?? []) : []))
    .toSorted()
    .at(-1)
  if (newest === undefined) {
    return wrong(CHECK, `${version} holds no FCC filings, so no provider is known. Fetch them with \`hum data fetch\`.`)
  }
  const days = Math.floor((now - Date.parse(newest)) / DAY_MS)
  const text = `${version}, ${sources.size} sources, newest filings of ${newest}, ${days} days ago`
  return days > STALE_DAYS
    ? warning(CHECK, `${text}. Newer ones are out: \`hum data fetch\` and build again.`)
    : ok(CHECK, text)
}
