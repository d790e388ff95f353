import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { ManifestPart, SourceEntry } from '../dataset/manifest.ts'
import { ingestBdc } from './bdc/ingest-bdc.ts'
import type { IngestBdcOptions } from './bdc/ingest-bdc.ts'
import { countFrom } from './count-from.ts'
import type { FoundSources, SetAside } from './find-sources.ts'
import { copyTables, findKeptParts, listTables, listTablesOf, recipeOf } from './kept-part.ts'
import type { KeptPart, PartName } from './kept-part.ts'
import { openKeptResults, pruneKeptResults } from './kept-results.ts'
import type { KeptResults } from './kept-results.ts'
import { checksumCode, createChecksums } from './recipe.ts'
import { writeStreetsAside } from './write-streets-aside.ts'
import type { StreetSettings } from './write-streets.ts'

/**
 * Parts number their sources apart, so that the numbers of one do not depend on the files of another. Most facts are
 * filings, which get the numbers that take least room.
 */
export const FIRST_SOURCE_ID = { filings: 1, labels: 8_001, streets: 10_001 } as const
/** Of memory that DuckDB may use; the rest of the process takes about as much again. */
const FILINGS_MEMORY_MB = 512

export interface PartsOptions extends StreetSettings {
  /** The folder of data sets, made where there is none; parts may be taken over from the newest in it. */
  readonly out: string
  /** Builds every part anew, also those whose sources are those of the newest data set in the folder. */
  readonly isFresh?: boolean | undefined
}

export interface WrittenParts {
  readonly entries: readonly SourceEntry[]
  readonly setAside: readonly SetAside[]
  readonly records: Readonly<Record<PartName, ManifestPart>>
  /** Removes the kept results of files that are gone. To be called when the data set is in its place. */
  readonly prune: () => void
}

export interface PartsNeeds {
  readonly temporaryFolder: string
  /** Where results of single files are kept. */
  readonly keptFolder: string
  readonly report: (line: string) => void
}

/**
 * Takes over the parts whose sources have not changed, and builds the others side by side: streets on a thread of their
 * own, filings on those of DuckDB.
 */
export async function writeParts(
  db: Database.Database,
  sources: FoundSources,
  { out, isFresh = false, pointColumns, pointState }: PartsOptions,
  { temporaryFolder, keptFolder, report }: PartsNeeds,
): Promise<WrittenParts> {
  const tigerFiles = sources.tiger.flatMap(({ table, shape }) => (shape ? [table, shape] : [table]))
  const streetFiles = [...sources.zips, ...tigerFiles, ...sources.points]
  const filingFiles = [...sources.providers, ...sources.bdc, ...sources.locations]
  const code = checksumCode()
  const checksumOf = createChecksums()
  const recipes = {
    streets: await recipeOf(streetFiles, { code, checksumOf, pointColumns, pointState }),
    filings: await recipeOf(filingFiles, { code, checksumOf }),
  }
  const kept = isFresh ? {} : await findKeptParts(out, recipes)
  for (const [name, { version }] of Object.entries(kept)) {
    report(`The ${name} of data set ${version} are kept: their sources are the same`)
  }
  const streetFile = kept.streets?.file ?? join(temporaryFolder, 'streets.sqlite')
  const results = { streets: join(keptFolder, 'streets'), filings: join(keptFolder, 'filings') }
  const stopping = new AbortController()
  const core = listTables(db)
  if (kept.filings) copyTables(db, kept.filings.file, kept.filings.tables)
  const checksums = await Promise.all(streetFiles.map(async ({ path }) => [path, await checksumOf(path)] as const))
  const keptFilings = openKeptResults({ folder: results.filings, temporaryFolder, isFresh, report })
  const writing = [
    Promise.resolve(
      kept.streets ??
        writeStreetsAside(sources, {
          file: streetFile,
          settings: { pointColumns, pointState },
          firstSourceId: FIRST_SOURCE_ID.streets,
          kept: { folder: results.streets, temporaryFolder, isFresh },
          code,
          checksums,
          report,
          signal: stopping.signal,
        }),
    ),
    Promise.resolve(
      kept.filings ??
        writeFilings(db, sources, {
          report,
          temporaryFolder,
          memoryLimitMb: FILINGS_MEMORY_MB,
          nextSourceId: countFrom(FIRST_SOURCE_ID.filings),
          kept: keptFilings,
          code,
          checksumOf,
          signal: stopping.signal,
        }),
    ),
  ] as const
  try {
    const [streets, filings] = await Promise.all(writing)
    const filingTables = listTables(db).filter((table) => !core.includes(table))
    const streetTables = kept.streets?.tables ?? listTablesOf(streetFile).filter((table) => !core.includes(table))
    copyTables(db, streetFile, streetTables)
    return {
      entries: [...streets.entries, ...filings.entries],
      setAside: [...streets.setAside, ...filings.setAside],
      records: {
        streets: recordOf(streets, recipes.streets, streetTables),
        filings: recordOf(filings, recipes.filings, filingTables),
      },
      prune: () => {
        if ('used' in streets) pruneKeptResults(results.streets, streets.used)
        if ('used' in filings) pruneKeptResults(results.filings, filings.used)
      },
    }
  } catch (error) {
    stopping.abort()
    // Until then they may still write.
    await Promise.allSettled(writing)
    throw error
  }
}

function recordOf(
  { entries, setAside }: Pick<KeptPart, 'entries' | 'setAside'>,
  recipe: string,
  tables: readonly string[],
): ManifestPart {
  return { recipe, tables, sourceIds: entries.map(({ sourceId }) => sourceId), setAside }
}

type FilingNeeds = Omit<IngestBdcOptions, 'db' | 'files' | 'providerFiles' | 'locationFiles' | 'earlier'> & {
  readonly report: (line: string) => void
  readonly kept: KeptResults
  readonly code: string
}

async function writeFilings(
  db: Database.Database,
  { bdc, providers, locations }: FoundSources,
  { report, kept, code, ...needs }: FilingNeeds,
): Promise<Pick<KeptPart, 'entries' | 'setAside'> & { readonly used: ReadonlySet<string> }> {
  if (bdc.length > 0) report(`FCC filings of ${bdc.length} files`)
  const { sources, refused } = await ingestBdc({
    ...needs,
    db,
    files: bdc,
    providerFiles: providers,
    locationFiles: locations,
    earlier: { kept, code },
  })
  return { entries: sources, setAside: refused, used: kept.used }
}
