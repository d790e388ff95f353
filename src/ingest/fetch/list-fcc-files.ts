import { Type } from 'typebox'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { State } from '../../address/index.ts'
import { AppError } from '../../lib/errors.ts'
import { parseBdcFileName } from '../bdc/bdc-file-name.ts'
import type { PlannedFile } from './planned-file.ts'

/**
 * Bytes of a zip for each row of filings. Measured: 14.3 on Maine's fibre of June 2023, 13.9 on the 446 state files of
 * December 2025 (9.03 GB for about 650 million rows).
 */
const BYTES_PER_ROW = 14

const AsOfDates = Type.Object({
  data: Type.Array(Type.Object({ data_type: Type.String(), as_of_date: Type.String() })),
})

const Text = Type.Union([Type.String(), Type.Number(), Type.Null()])
const Listing = Type.Object({
  data: Type.Array(
    Type.Object({
      file_id: Type.Union([Type.Integer(), Type.String({ pattern: '^\\d+$' })]),
      subcategory: Type.String(),
      technology_type: Type.Optional(Text),
      state_fips: Type.Optional(Text),
      file_type: Type.Optional(Text),
      file_name: Type.String(),
      record_count: Type.Optional(Text),
    }),
  ),
})
type ListedFile = Static<typeof Listing>['data'][number]

/**
 * Lists the FCC's availability files of states at the newest as-of date, of each the newest revision, and its list of
 * providers.
 *
 * Satellite filings are half of all bytes and claim nearly every place, so they are left out unless asked for.
 * `readPage` makes one call of the FCC's API.
 *
 * @returns the files, and the states for which there is none.
 * @throws AppError `source_unreadable` when an answer is not of the documented form, or no state has a file.
 */
export async function listFccFiles(
  fccUrl: string,
  { states, withSatellite }: { readonly states: readonly State[]; readonly withSatellite: boolean },
  readPage: (url: string) => Promise<string>,
): Promise<{ files: PlannedFile[]; missing: State[] }> {
  const dates = parseAnswer(AsOfDates, await readPage(`${fccUrl}/listAsOfDates`))
  const asOfDate = dates
    .filter(({ data_type: type }) => type === 'availability')
    .map(({ as_of_date: date }) => date.slice(0, 10))
    .sort()
    .at(-1)
  if (asOfDate === undefined || !/^\d{4}-\d\d-\d\d$/.test(asOfDate)) {
    throw new AppError('source_unreadable', 'The FCC lists no as-of date of availability data.')
  }
  const listed = parseAnswer(
    Listing,
    await readPage(`${fccUrl}/downloads/listAvailabilityData/${asOfDate}?category=State`),
  )
  const files = new Map<string, { readonly planned: PlannedFile; readonly revision: string }>()
  for (const file of listed) {
    if (!isWanted(file, states, withSatellite)) continue
    const name = checkedName(file.file_name)
    const subject = subjectOf(name)
    const revision = parseBdcFileName(name).revision ?? ''
    const known = files.get(subject)
    if (known && known.revision >= revision) continue
    files.set(subject, { planned: planFile(fccUrl, asOfDate, { file, subject, name }), revision })
  }
  const subjects = [...files.keys()]
  const missing = states.filter(({ fips }) => !subjects.some((subject) => subject.startsWith(`bdc_${fips}_`)))
  if (missing.length === states.length) {
    const asked = states.map(({ code }) => code).join(', ')
    throw new AppError('source_unreadable', `The FCC lists no fixed-broadband file of ${asked} as of ${asOfDate}.`)
  }
  return { files: [...files.values()].map(({ planned }) => planned), missing }
}

function isWanted(file: ListedFile, states: readonly State[], withSatellite: boolean): boolean {
  if (file.subcategory === 'Provider List') return true
  const fips = String(file.state_fips ?? '').padStart(2, '0')
  return (
    file.subcategory === 'Location Coverage' &&
    file.technology_type === 'Fixed Broadband' &&
    String(file.file_type ?? 'csv').toLowerCase() === 'csv' &&
    states.some((state) => state.fips === fips) &&
    (withSatellite || !/satellite/i.test(file.file_name))
  )
}

/** The name without its dates, which all revisions share: `bdc_23_Cable_fixed_broadband`. */
const subjectOf = (name: string): string => name.replace(/_[JD]\d\d(_\d\d[a-z]{3}\d{4})?\.zip$/i, '')

function planFile(
  fccUrl: string,
  asOfDate: string,
  { file, subject, name }: { readonly file: ListedFile; readonly subject: string; readonly name: string },
): PlannedFile {
  const rows = Number(file.record_count ?? Number.NaN)
  return {
    folder: 'bdc',
    name,
    url: `${fccUrl}/downloads/downloadFile/availability/${file.file_id}`,
    subject,
    group: `FCC BDC as of ${asOfDate}`,
    estimatedBytes: Number.isFinite(rows) ? rows * BYTES_PER_ROW : undefined,
    isVersioned: parseBdcFileName(name).revision !== undefined,
  }
}

/** The listing names files without an ending; a name that could leave the folder is none. */
function checkedName(text: string): string {
  if (!/^[A-Za-z0-9][\w.-]*$/.test(text)) {
    throw new AppError('source_unreadable', 'The FCC lists a file with a name that no file can have.')
  }
  return /\.zip$/i.test(text) ? text : `${text.replace(/\.csv$/i, '')}.zip`
}

function parseAnswer<T extends TSchema>(schema: T, text: string): Static<T> extends { data: infer D } ? D : never {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch (error) {
    throw new AppError('source_unreadable', 'The FCC answers with something other than JSON. Check HUM_FCC_URL.', {
      cause: error,
    })
  }
  if (!Value.Check(schema, answer)) {
    throw new AppError('source_unreadable', 'The FCC answers in a form that is not the documented one.')
  }
  return (answer as { data: never }).data
}
