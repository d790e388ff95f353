/**
 * How far a share can be believed, measured on real filings: what Hum says about the area of a location against what was
 * filed for that very location. See docs/coverage.md for how to read it.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataSet } from '../src/dataset/data-set.ts'
import { createDataSet } from '../src/dataset/data-set-writer.ts'
import { ingestBdc } from '../src/ingest/bdc/ingest-bdc.ts'
import { listSourceFiles } from '../src/ingest/files/source-file.ts'
import { openInternetFinder } from '../src/internet/find-internet.ts'
import type { InternetFinder } from '../src/internet/find-internet.ts'
import type { Verdict } from '../src/internet/internet-answer.ts'
import { createCalibration, printBins, round } from './calibration/bins.ts'
import type { Calibration } from './calibration/bins.ts'
import { readFilings } from './calibration/read-filings.ts'
import type { FiledLocation } from './calibration/read-filings.ts'

const LOCATIONS = 5_000
const DRAWS = 100
const SEED = 1

/** Technologies that both revisions hold, so that they can be compared. */
const TECHNOLOGIES = /Cable|Copper|Fiber/

export default async function calibration(args: string[]): Promise<void> {
  const [folder = '../shared/data/bdc'] = args
  const locations = await readFilings(join(folder, 'maine_2022-06_rev2023-03-31'), TECHNOLOGIES)
  const now = await openRevision(join(folder, 'maine_2022-06_rev2023-03-31'))
  const before = await openRevision(join(folder, 'maine_2022-06_rev2022-11-17'))
  console.log(`${locations.length} locations in the raw files of Maine, ${DRAWS} draws of ${LOCATIONS}`)

  const draw = drawer(locations)
  const all = createCalibration()
  const one = createCalibration()
  const verdicts = createVerdictCount()
  for (const location of draw(LOCATIONS)) judge(now.finder, location, [all, one], verdicts)
  for (let index = 1; index < DRAWS; index++) {
    for (const location of draw(LOCATIONS)) judge(now.finder, location, [all], verdicts)
  }
  printBins(`All ${DRAWS} draws`, all)
  printBins(`The first draw of ${LOCATIONS} alone`, one)

  const later = createCalibration()
  for (const location of draw(DRAWS * LOCATIONS)) judge(before.finder, location, [later], createVerdictCount())
  printBins('Said from the revision of 2022-11-17, true by that of 2023-03-31', later)

  const leftOut = createCalibration()
  for (const location of draw(DRAWS * LOCATIONS)) judgeLeftOut(now.finder, location, leftOut)
  printBins('Said from the other locations of the area, as for an address that no filing counts', leftOut)

  console.log('\nverdict      claims   truly filed')
  for (const [verdict, { claims, filed }] of verdicts) {
    console.log(
      verdict.padEnd(10) + String(claims).padStart(9) + `${((filed / claims) * 100).toFixed(1)} %`.padStart(14),
    )
  }
  const brier = scoreBrier(now.finder, locations, draw(LOCATIONS))
  console.log('\nBrier score over everything filed in the hexagon (0 is perfect)', brier)

  await now.close()
  await before.close()
  console.log(
    JSON.stringify({
      locations: LOCATIONS,
      draws: DRAWS,
      maxDifferencePoints: all.maxDifferencePoints(),
      bins: all.bins(),
      firstDraw: { maxDifferencePoints: one.maxDifferencePoints(), bins: one.bins() },
      laterRevision: { maxDifferencePoints: later.maxDifferencePoints() },
      leftOut: { maxDifferencePoints: leftOut.maxDifferencePoints() },
      verdicts: Object.fromEntries([...verdicts].map(([name, { claims, filed }]) => [name, round(filed / claims, 4)])),
      brier,
    }),
  )
}

async function openRevision(folder: string): Promise<{ finder: InternetFinder; close: () => Promise<void> }> {
  const temporary = await mkdtemp(join(tmpdir(), 'hum-calibration-'))
  const writer = createDataSet(join(temporary, 'data.sqlite'))
  const files = (await listSourceFiles(folder)).filter(({ name }) => TECHNOLOGIES.test(name))
  let id = 0
  const { sources } = await ingestBdc({ db: writer.db, files, providerFiles: [], nextSourceId: () => ++id })
  for (const source of sources) writer.writeSource(source)
  writer.finish({ version: '0', isSandbox: false })
  const dataSet = openDataSet(join(temporary, 'data.sqlite'))
  return {
    finder: openInternetFinder(dataSet),
    close: async () => {
      dataSet.close()
      await rm(temporary, { recursive: true, force: true })
    },
  }
}

/** Draws locations blindly, each draw on from the last (mulberry32, so that every run draws the same). */
function drawer(locations: readonly FiledLocation[]): (count: number) => Generator<FiledLocation> {
  let state = SEED
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return function* draw(count) {
    for (let drawn = 0; drawn < count; drawn++) {
      const location = locations[Math.floor(random() * locations.length)]
      if (location) yield location
    }
  }
}

type VerdictCount = Map<Verdict, { claims: number; filed: number }>

const createVerdictCount = (): VerdictCount =>
  new Map((['available', 'likely', 'possible'] as const).map((verdict) => [verdict, { claims: 0, filed: 0 }]))

/** Compares each claim that Hum makes for the location's area with what was filed for the location. */
function judge(
  finder: InternetFinder,
  { blockGeoid, h3, claims }: FiledLocation,
  calibrations: readonly Calibration[],
  verdicts: VerdictCount,
): void {
  const answer = finder.findInternet({ blockGeoid, h3 })
  if (answer.outcome === 'failed') return
  for (const { providerId, offerings } of answer.providers) {
    for (const { technologyCode, share, verdict } of offerings) {
      const filed = claims.has(`${providerId} ${technologyCode}`)
      for (const calibration of calibrations) calibration.add(share, filed)
      const count = verdicts.get(verdict)
      if (!count) continue
      count.claims++
      if (filed) count.filed++
    }
  }
}

/** The same where the location is not among those counted: its own filings are taken out of the share. */
function judgeLeftOut(
  finder: InternetFinder,
  { blockGeoid, h3, claims }: FiledLocation,
  calibration: Calibration,
): void {
  const answer = finder.findInternet({ blockGeoid, h3 })
  if (answer.outcome === 'failed' || answer.area.locations < 2) return
  for (const { providerId, offerings } of answer.providers) {
    for (const { technologyCode, locations } of offerings) {
      const filed = claims.has(`${providerId} ${technologyCode}`)
      const others = filed ? locations - 1 : locations
      if (others > 0) calibration.add(others / (answer.area.locations - 1), filed)
    }
  }
}

/**
 * Scores three ways of answering over the same claims, all that anybody filed in the location's hexagon: Hum's share,
 * yes for everything filed in the block, and yes for everything filed in the hexagon.
 */
function scoreBrier(
  finder: InternetFinder,
  locations: readonly FiledLocation[],
  drawn: Iterable<FiledLocation>,
): Record<'share' | 'yesInBlock' | 'yesInHexagon', number> {
  const inBlock = new Map<string, Set<string>>()
  const inHexagon = new Map<string, Set<string>>()
  for (const { blockGeoid, h3, claims } of locations) {
    inBlock.set(blockGeoid, new Set([...(inBlock.get(blockGeoid) ?? []), ...claims]))
    inHexagon.set(h3, new Set([...(inHexagon.get(h3) ?? []), ...claims]))
  }
  const errors = { share: 0, yesInBlock: 0, yesInHexagon: 0 }
  let count = 0
  for (const { blockGeoid, h3, claims } of drawn) {
    const answer = finder.findInternet({ blockGeoid, h3 })
    const shares = new Map<string, number>(
      answer.outcome === 'failed'
        ? []
        : answer.providers.flatMap(({ providerId, offerings }) =>
            offerings.map(({ technologyCode, share }) => [`${providerId} ${technologyCode}`, share] as const),
          ),
    )
    for (const claim of inHexagon.get(h3) ?? []) {
      const truth = claims.has(claim) ? 1 : 0
      errors.share += ((shares.get(claim) ?? 0) - truth) ** 2
      errors.yesInBlock += ((inBlock.get(blockGeoid)?.has(claim) ? 1 : 0) - truth) ** 2
      errors.yesInHexagon += (1 - truth) ** 2
      count++
    }
  }
  return {
    share: round(errors.share / count, 4),
    yesInBlock: round(errors.yesInBlock / count, 4),
    yesInHexagon: round(errors.yesInHexagon / count, 4),
  }
}
