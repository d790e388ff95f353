import type { State } from '../../address/index.ts'
import { AppError } from '../../lib/errors.ts'
import type { PlannedFile } from './planned-file.ts'

/** Layers that a data set is built from, with the number of digits of the areas that their files cover. */
const LAYERS = [
  ['ADDRFEAT', 5],
  ['FACES', 5],
  ['PLACE', 2],
] as const

/** The Census Bureau publishes no address ranges there. */
const WITHOUT_RANGES = new Set(['AS', 'GU', 'MP', 'VI'])

interface ListedFile {
  readonly name: string
  readonly estimatedBytes?: number | undefined
}

/**
 * Lists the TIGER/Line files of states, in the newest year that has every layer for all of them.
 *
 * A year is published layer by layer over some days, so the newest folder may be incomplete; then the one before counts.
 * `readPage` reads a directory listing of the server and answers `undefined` where there is none.
 *
 * @throws AppError `source_unreadable` when no year has all that is asked for.
 */
export async function listTigerFiles(
  tigerUrl: string,
  states: readonly State[],
  readPage: (url: string) => Promise<string | undefined>,
): Promise<PlannedFile[]> {
  const years = [...((await readPage(`${tigerUrl}/`)) ?? '').matchAll(/href="TIGER(20\d\d)\/"/g)]
    .map((match) => match[1] ?? '')
    .sort()
    .toReversed()
  let fewestMissing: readonly State[] = states
  for (const year of new Set(years)) {
    const { files, missing } = await listYear(tigerUrl, year, states, readPage)
    if (missing.length === 0) return files
    if (missing.length < fewestMissing.length) fewestMissing = missing
  }
  throw new AppError(
    'source_unreadable',
    years.length === 0
      ? `${tigerUrl}/ lists no folder such as TIGER2025. Check HUM_TIGER_URL.`
      : `No year at ${tigerUrl}/ has ADDRFEAT, FACES and PLACE for ${fewestMissing.map(({ code }) => code).join(', ')}.`,
  )
}

async function listYear(
  tigerUrl: string,
  year: string,
  states: readonly State[],
  readPage: (url: string) => Promise<string | undefined>,
): Promise<{ files: PlannedFile[]; missing: State[] }> {
  const files: PlannedFile[] = []
  const missing = new Set<State>()
  for (const [layer, digits] of LAYERS) {
    const folder = `${tigerUrl}/TIGER${year}/${layer}`
    const pattern = new RegExp(`^tl_${year}_(\\d{${digits}})_${layer.toLowerCase()}\\.zip$`)
    const listed = readListing((await readPage(`${folder}/`)) ?? '')
    const byState = Map.groupBy(listed, ({ name }) => pattern.exec(name)?.[1]?.slice(0, 2))
    for (const state of states) {
      const ofState = byState.get(state.fips ?? '') ?? []
      if (ofState.length === 0 && !WITHOUT_RANGES.has(state.code)) missing.add(state)
      for (const { name, estimatedBytes } of ofState) {
        files.push({
          folder: 'tiger',
          name,
          url: `${folder}/${name}`,
          subject: `${layer.toLowerCase()} ${pattern.exec(name)?.[1]}`,
          group: `TIGER/Line ${year} ${layer}`,
          estimatedBytes,
          isVersioned: false,
        })
      }
    }
  }
  return { files, missing: [...missing] }
}

/** Rows of Apache's directory listing, as table cells or as text: a link, a date and a rounded size. */
function readListing(page: string): ListedFile[] {
  const rows = page.matchAll(/<a href="([\w.-]+\.zip)">(.*)$/gm)
  return [...rows].map(([, name = '', rest = '']) => ({
    name,
    estimatedBytes: readSize(rest.replaceAll(/<[^>]*>/g, ' ')),
  }))
}

function readSize(text: string): number | undefined {
  const match = /\d\d:\d\d\s+(\d+(?:\.\d+)?)([KMG]?)\s/.exec(`${text} `)
  if (!match) return undefined
  const unit = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[match[2] ?? ''] ?? 1
  return Math.round(Number(match[1]) * unit)
}
