/**
 * How a build grows: invented counties of the nation's mean size, in the layouts of TIGER/Line and the FCC, built 1, 10
 * and 100 at a time (`npm run -s bench -- scale 1 10` for other numbers), and built again after one file changed. Prints
 * time, peak memory and size of each, how long look-ups take, the exponents between them, and what they come to for the
 * nation. Seconds of processor time stand beside those of the clock, which other work on the machine makes longer.
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { BuildReport } from '../src/ingest/build-data-set.ts'
import { timeLookUps } from './scale/time-look-ups.ts'
import type { LookUpTimes } from './scale/time-look-ups.ts'
import { MEAN_COUNTY, openBdcFiles, writeCounty } from './scale/write-county.ts'

const COUNTIES_OF_THE_NATION = 3_144
const run = promisify(execFile)

interface Measurement {
  readonly counties: number
  readonly sides: number
  readonly filings: number
  readonly streets: BuildTime
  readonly whole: BuildTime
  /** With the streets of one county other than before, and with one row more in one of the FCC's files. */
  readonly countyChanged: BuildTime
  readonly filingsChanged: BuildTime
  readonly peakMemoryMb: number
  readonly megabytes: number
  readonly keptMegabytes: number
  readonly lookUps: LookUpTimes
}

interface BuildTime {
  readonly seconds: number
  readonly processorSeconds: number
}

export default async function benchScale(args: string[]): Promise<void> {
  const numbers = args.length > 0 ? args.map(Number) : [1, 10, 100]
  const folder = await mkdtemp(join(tmpdir(), 'hum-scale-'))
  try {
    const measurements: Measurement[] = []
    for (const counties of numbers) {
      const from = join(folder, `from-${counties}`)
      const [tiger, bdc] = [join(from, 'tiger'), join(from, 'bdc')]
      await mkdir(bdc, { recursive: true })
      const files = openBdcFiles(bdc)
      for (let number = 0; number < counties; number++) await writeCounty(tiger, number, files)
      await files.close()
      const out = join(folder, 'whole')
      const streets = await build(join(folder, 'streets'), ['--tiger', tiger])
      const whole = await build(out, ['--tiger', tiger, '--bdc', bdc])
      const lookUps = timeLookUps(whole.path)
      await writeCounty(tiger, 0, undefined, 1)
      const countyChanged = await build(out, ['--tiger', tiger, '--bdc', bdc])
      await repeatLastRow(join(bdc, (await readdir(bdc))[0] ?? ''))
      const filingsChanged = await build(out, ['--tiger', tiger, '--bdc', bdc])
      const keptMegabytes = (await sizeOf(join(out, 'kept'))) / 1e6
      await rm(from, { recursive: true })
      await rm(join(folder, 'streets'), { recursive: true })
      await rm(out, { recursive: true })
      const measurement: Measurement = {
        counties,
        sides: whole.sources.reduce((sum, { details }) => sum + (details?.['sides'] ?? 0), 0),
        filings: whole.sources.reduce(
          (sum, { kind, rowsRead }) => sum + (kind === 'bdc_availability' ? rowsRead : 0),
          0,
        ),
        streets: timeOf(streets),
        whole: timeOf(whole),
        countyChanged: timeOf(countyChanged),
        filingsChanged: timeOf(filingsChanged),
        peakMemoryMb: Math.max(streets.peakMemoryMb, whole.peakMemoryMb),
        megabytes: whole.file.sizeBytes / 1e6,
        keptMegabytes,
        lookUps,
      }
      measurements.push(measurement)
      console.log(
        `${counties} counties: ${measurement.sides.toLocaleString('en-US')} sides in ${told(streets)}, ` +
          `with ${measurement.filings.toLocaleString('en-US')} filings ${told(whole)}; ` +
          `after a changed county ${told(countyChanged)}, after a revised file of filings ${told(filingsChanged)}; ` +
          `${measurement.peakMemoryMb} MB of memory, ${measurement.megabytes.toFixed(1)} MB of data set, ` +
          `${keptMegabytes.toFixed(1)} MB kept, look-ups ${lookUps.medianMs} ms in the median, ${lookUps.p99Ms} ms at p99`,
      )
    }
    const [first, last] = [measurements.at(0), measurements.at(-1)]
    if (!first || !last) return
    const factor = COUNTIES_OF_THE_NATION / last.counties
    const figures = {
      measurements,
      sides_per_second: Math.round(last.sides / last.streets.seconds),
      sides_per_processor_second: Math.round(last.sides / last.streets.processorSeconds),
      time_exponent: exponent(measurements, ({ whole }) => whole.seconds),
      processor_time_exponent: exponent(measurements, ({ whole }) => whole.processorSeconds),
      look_up_median_ratio: Number((last.lookUps.medianMs / first.lookUps.medianMs).toFixed(2)),
      look_up_p99_ratio: Number((last.lookUps.p99Ms / first.lookUps.p99Ms).toFixed(2)),
      size_exponent: exponent(measurements, (measurement) => measurement.megabytes),
      nation_hours: Number(((last.whole.seconds * factor) / 3600).toFixed(2)),
      nation_gigabytes: Number(((last.megabytes * factor) / 1000).toFixed(2)),
      rows_per_county: MEAN_COUNTY,
    }
    console.log(
      `${figures.sides_per_second.toLocaleString('en-US')} range sides a second, ` +
        `${figures.sides_per_processor_second.toLocaleString('en-US')} a second of processor time`,
    )
    console.log(
      `The nation, with terrestrial filings: ${figures.nation_hours} h, ${figures.nation_gigabytes} GB of data set`,
    )
    console.log(JSON.stringify(figures))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The power of the number of counties that a figure grows with, over the last step. */
function exponent(measurements: readonly Measurement[], figure: (measurement: Measurement) => number): number | null {
  const [before, last] = measurements.slice(-2)
  if (!before || !last) return null
  return Number((Math.log(figure(last) / figure(before)) / Math.log(last.counties / before.counties)).toFixed(3))
}

const timeOf = ({ seconds, processorSeconds }: BuildReport): BuildTime => ({ seconds, processorSeconds })

const told = ({ seconds, processorSeconds }: BuildReport): string =>
  `${seconds.toFixed(1)} s (${processorSeconds.toFixed(1)} of processor time)`

async function repeatLastRow(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, size - 1024)
    const end = buffer.toString('latin1', 0, bytesRead)
    await file.write(end.slice(end.lastIndexOf('\n', end.length - 2) + 1), size)
  } finally {
    await file.close()
  }
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size
  }
  return bytes
}

/** In a process of its own, so that its memory is its own. */
async function build(out: string, sources: readonly string[]): Promise<BuildReport> {
  const args = ['src/cli/main.ts', 'data', 'build', '--json', '--out', out, ...sources]
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1 << 28 })
  return JSON.parse(stdout) as BuildReport
}
