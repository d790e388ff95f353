import { basename } from 'node:path'
import type Database from 'better-sqlite3'
import { createPlanWriter } from '../../dataset/plans/plan-writer.ts'
import type { PlanWriter } from '../../dataset/plans/plan-writer.ts'
import type { Source } from '../../dataset/source.ts'
import { findDirectoryEntryByFrn } from '../../internet/directory/find-directory-entry.ts'
import { sha256File } from '../../lib/sha256-file.ts'
import { sourceFileAt } from '../files/source-file.ts'
import type { SourceFile } from '../files/source-file.ts'
import { createRowTally } from '../row-tally.ts'
import { labelCells } from './label-cells.ts'
import { openHeaderReader } from './label-field.ts'
import type { HeaderReader } from './label-field.ts'
import { findUnreadColumns, mapColumns } from './map-columns.ts'
import type { LabelTable } from './label-table.ts'
import { MAPPING_FILE, readColumnMapping } from './read-column-mapping.ts'
import { readLabelFile } from './read-label-file.ts'
import { readPlan } from './read-plan.ts'
import { findSpeedUnits } from './read-speeds.ts'

export interface IngestLabelsOptions {
  /** With the provider tables written already. */
  readonly db: Database.Database
  /** Label files as listed by `listSourceFiles`; one named `label-mapping.json` says what columns hold. May be empty. */
  readonly files: readonly SourceFile[]
  /** Gives the next free id of a source. */
  readonly nextSourceId: () => number
}

export interface IngestedLabels {
  readonly sources: readonly Source[]
  /** Files that hold nothing that looks like labels, with what they lack. */
  readonly refused: readonly { readonly file: string; readonly reason: string }[]
  /** Files with columns that hold something and were not understood, named in the reason. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[]
}

/**
 * Reads the broadband labels of providers (47 CFR 8.1) and writes a plan for each row that can be trusted.
 *
 * Columns are recognized whatever their headers; a file `label-mapping.json` beside them settles what is not. A plan's
 * provider is the one that files under the FRN in its identifier. An identifier counts once: in the newest file by
 * the date in its name, and there in the first row that has it. Every other row is kept with the reason why it is no plan. Creates the
 * tables also where there is nothing to write.
 *
 * @throws AppError `source_unreadable` when a file is damaged or its mapping is none.
 */
export async function ingestLabels({ db, files, nextSourceId }: IngestLabelsOptions): Promise<IngestedLabels> {
  const writer = createPlanWriter(db)
  const findProviderId = openFrnLookUp(db)
  const mapping = await readColumnMapping(files.filter(({ name }) => name === MAPPING_FILE))
  const sources: Source[] = []
  const refused: { file: string; reason: string }[] = []
  const unread: { file: string; reason: string }[] = []
  const seen = new Map<string, number>()
  for (const file of labelFiles(files).sort(newestFirst)) {
    const readHeader = openHeaderReader(mapping(file.name))
    const tables = await readLabelFile(file, readHeader)
    const ingested = await ingestFile(file, tables, {
      readHeader,
      writer,
      findProviderId,
      seen,
      nextSourceId,
    })
    if ('reason' in ingested) refused.push({ file: file.name, reason: ingested.reason })
    else sources.push(ingested.source)
    if ('source' in ingested && ingested.unread.length > 0)
      unread.push({ file: file.name, reason: unreadReason(ingested.unread) })
  }
  return { sources, refused, unread }
}

interface FileNeeds {
  readonly readHeader: HeaderReader
  readonly writer: PlanWriter
  readonly findProviderId: (frn: string) => number | undefined
  /** Identifier → the source that has it. */
  readonly seen: Map<string, number>
  readonly nextSourceId: () => number
}

async function ingestFile(
  file: SourceFile,
  tables: readonly LabelTable[],
  { readHeader, writer, findProviderId, seen, nextSourceId }: FileNeeds,
): Promise<{ readonly source: Source; readonly unread: readonly string[] } | { readonly reason: string }> {
  const mapped = tables.map((table) => ({ table, columns: mapColumns(table, readHeader) }))
  const readable = mapped.flatMap(({ table, columns }) => (typeof columns === 'string' ? [] : [{ table, columns }]))
  if (readable.length === 0) {
    const lacking = mapped.map(({ columns }) => columns).find((columns) => typeof columns === 'string')
    return { reason: lacking ?? 'no header of broadband labels' }
  }
  const sourceId = nextSourceId()
  const tally = createRowTally()
  for (const { table, columns } of readable) {
    const units = findSpeedUnits(table, columns)
    for (const { row, cells } of table.rows) {
      const source = { sourceId, file: file.name, ...(table.sheet === undefined ? {} : { sheet: table.sheet }), row }
      const reject = (reason: string) => {
        writer.addRejection(source, reason)
        tally.reject(reason)
      }
      const read = readPlan(labelCells(columns, cells), { source, units, findProviderId })
      if ('rejected' in read) {
        reject(read.rejected)
        continue
      }
      const earlier = seen.get(read.plan.upi)
      if (earlier !== undefined) {
        reject(earlier === sourceId ? 'upi_repeated' : 'superseded')
        continue
      }
      seen.set(read.plan.upi, sourceId)
      writer.addPlan(read.plan)
      tally.keep()
    }
  }
  const unread = readable.flatMap(({ table, columns }) => findUnreadColumns(table, columns, readHeader))
  const source: Source = {
    sourceId,
    kind: 'broadband_labels',
    file: file.name,
    licence: "The provider's publication under 47 CFR 8.1; facts",
    attribution: 'Broadband labels of the provider',
    retrievedOn: dateInName(file),
    sha256: await sha256File(file.path),
    ...tally.counts(),
  }
  return { source, unread: [...new Set(unread)] }
}

function unreadReason(headers: readonly string[]): string {
  return `columns not understood: ${headers.join(', ')}; name them in ${MAPPING_FILE}, null for those of no use`
}

/** A workbook is one file, though it is a zip of many; its size is that of all of them. */
function labelFiles(files: readonly SourceFile[]): SourceFile[] {
  const isWorkbook = ({ path }: SourceFile) => /\.xlsx$/i.test(path)
  const parts = Map.groupBy(files.filter(isWorkbook), ({ path }) => path)
  const workbooks = Array.from(parts, ([path, members]) =>
    sourceFileAt({
      name: basename(path),
      path,
      sizeBytes: members.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    }),
  )
  return [...workbooks, ...files.filter((file) => !isWorkbook(file) && file.name !== MAPPING_FILE)]
}

/**
 * Published files often have their day in the name (`2025-01-15-0005937974-USA.csv`). The dates of the disk are not
 * asked: they change with every copy.
 */
function dateInName({ name }: SourceFile): string | undefined {
  return /(?<!\d)20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)/.exec(name)?.[0]
}

/** Files without date come last; names, which often end in a year, count backwards. */
function newestFirst(a: SourceFile, b: SourceFile): number {
  return ageKey(a) < ageKey(b) ? 1 : -1
}

const ageKey = (file: SourceFile): string => `${dateInName(file) ?? ''} ${file.name}`

/** The FCC's table and filings first; the directory where they are not loaded. */
function openFrnLookUp(db: Database.Database): (frn: string) => number | undefined {
  const find = db.prepare<[string], number>('SELECT provider_id FROM provider_frn WHERE frn = ?').pluck()
  return (frn) => find.get(frn) ?? findDirectoryEntryByFrn(frn)?.providerId
}
