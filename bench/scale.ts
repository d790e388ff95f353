/**
 * How a build grows: invented counties of the nation's mean size, in the layouts of TIGER/Line and the FCC, built 1, 10
 * and 100 at a time (`npm run -s bench -- scale 1 10` for other numbers). Prints time, peak memory and size of each, how
 * long look-ups take, the exponents between them, and what they come to for the nation.
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
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
  readonly streetSeconds: number
  readonly seconds: number
  readonly peakMemoryMb: number
  readonly megabytes: number
  readonly lookUps: LookUpTimes
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
      const streets = await build(join(folder, 'streets'), ['--tiger', tiger])
      const whole = await build(join(folder, 'whole'), ['--tiger', tiger, '--bdc', bdc])
      const lookUps = timeLookUps(whole.path)
      await rm(from, { recursive: true })
      await rm(join(folder, 'streets'), { recursive: true })
      await rm(join(folder, 'whole'), { recursive: true })
      const measurement = {
        counties,
        sides: whole.sources.reduce((sum, { details }) => sum + (details?.['sides'] ?? 0), 0),
        filings: whole.sources.reduce(
          (sum, { kind, rowsRead }) => sum + (kind === 'bdc_availability' ? rowsRead : 0),
          0,
        ),
        streetSeconds: streets.seconds,
        seconds: whole.seconds,
        peakMemoryMb: Math.max(streets.peakMemoryMb, whole.peakMemoryMb),
        megabytes: whole.file.sizeBytes / 1e6,
        lookUps,
      }
      measurements.push(measurement)
      console.log(
        `${counties} counties: ${measurement.sides.toLocaleString('en-US')} sides in ${streets.seconds.toFixed(1)} s, ` +
          `with ${measurement.filings.toLocaleString('en-US')} filings ${whole.seconds.toFixed(1)} s, ` +
          `${measurement.peakMemoryMb} MB of memory, ${measurement.megabytes.toFixed(1)} MB of data set, ` +
          `look-ups ${lookUps.medianMs} ms in the median, ${lookUps.p99Ms} ms at p99`,
      )
    }
    const [first, last] = [measurements.at(0), measurements.at(-1)]
    if (!first || !last) return
    const factor = COUNTIES_OF_THE_NATION / last.counties
    const figures = {
      measurements,
      sides_per_second: Math.round(last.sides / last.streetSeconds),
      time_exponent: exponent(measurements, (measurement) => measurement.seconds),
      look_up_median_ratio: Number((last.lookUps.medianMs / first.lookUps.medianMs).toFixed(2)),
      look_up_p99_ratio: Number((last.lookUps.p99Ms / first.lookUps.p99Ms).toFixed(2)),
      size_exponent: exponent(measurements, (measurement) => measurement.megabytes),
      nation_hours: Number(((last.seconds * factor) / 3600).toFixed(2)),
      nation_gigabytes: Number(((last.megabytes * factor) / 1000).toFixed(2)),
      rows_per_county: MEAN_COUNTY,
    }
    console.log(`${figures.sides_per_second.toLocaleString('en-US')} range sides a second`)
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

/** In a process of its own, so that its memory is its own. */
async function build(out: string, sources: readonly string[]): Promise<BuildReport> {
  const args = ['src/cli/main.ts', 'data', 'build', '--json', '--out', out, ...sources]
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1 << 28 })
  return JSON.parse(stdout) as BuildReport
}
