import { Command } from 'commander'
import { checkDataSet } from '../dataset/check-data-set.ts'
import type { CheckResult } from '../dataset/check-data-set.ts'
import { resolveDataSetFile } from '../dataset/data-set-file.ts'
import { openDataSet } from '../dataset/data-set.ts'
import { sampleAddresses } from '../dataset/sample-addresses.ts'
import { AppError } from '../lib/errors.ts'
import { openLookUps } from '../sessions/open-look-ups.ts'

const SAMPLES = 500
/** A data set whose own addresses are found less often has a fault; some of any source are written past recognition. */
const LEAST_SHARE_FOUND = 0.9

/** `hum data check`: whether a data set is whole and answers. */
export function dataCheckCommand(): Command {
  return new Command('check')
    .description('Check a data set: checksum, integrity, counts, and whether addresses in it are found.')
    .requiredOption('--data <path>', 'a data set, or a folder, of which the newest is taken', process.env['HUM_DATA'])
    .option('--json', 'print as JSON')
    .action(async ({ data, json }: { data: string; json?: boolean }) => {
      const file = resolveDataSetFile(data)
      const results: CheckResult[] = []
      const add = (result: CheckResult): void => {
        results.push(result)
        if (!json) console.log(`${result.passed ? 'ok    ' : 'FAILED'}  ${result.check.padEnd(8)}  ${result.finding}`)
      }
      for await (const result of checkDataSet(file)) add(result)
      if (results.every(({ passed }) => passed)) add(checkLookUps(file))
      const failed = results.filter(({ passed }) => !passed).length
      if (json) console.log(JSON.stringify({ path: file, passed: failed === 0, results }, undefined, 2))
      if (failed > 0)
        throw new AppError('data_set_invalid', `The data set did not pass ${failed} of ${results.length} checks.`)
    })
}

/** Looks up addresses that the data set itself holds, the way a server would. */
function checkLookUps(file: string): CheckResult {
  const dataSet = openDataSet(file)
  try {
    const lookUps = openLookUps(dataSet)
    const samples = sampleAddresses(dataSet, SAMPLES)
    let found = 0
    let served = 0
    for (const sample of samples) {
      const result = lookUps.geocode(sample)
      if (result.outcome === 'failed') continue
      found++
      const place = result.outcome === 'matched' ? result.candidate.place : result.candidates[0]?.place
      if (place && lookUps.findInternet(place).outcome === 'matched') served++
    }
    return {
      check: 'look-ups',
      passed: found >= samples.length * LEAST_SHARE_FOUND,
      finding:
        samples.length === 0
          ? 'it holds no street to look up'
          : `${found} of ${samples.length} addresses in it are found, ${served} with providers`,
    }
  } finally {
    dataSet.close()
  }
}
