import { parseAddressFields } from '../../src/address/index.ts'
import { openDataSet } from '../../src/dataset/data-set.ts'
import { sampleAddresses } from '../../src/dataset/sample-addresses.ts'
import { createGeocoder } from '../../src/geocode/geocoder.ts'
import { openInternetFinder } from '../../src/internet/find-internet.ts'

const ADDRESSES = 500
const ROUNDS = 6

/** How long it takes to find an address of a data set and who serves it, in process and warm. */
export interface LookUpTimes {
  readonly medianMs: number
  readonly p99Ms: number
}

/** Times look-ups of addresses spread over the data set, after rounds that warm code and pages. */
export function timeLookUps(file: string): LookUpTimes {
  const dataSet = openDataSet(file)
  try {
    const geocoder = createGeocoder(dataSet)
    const internet = openInternetFinder(dataSet)
    const addresses = sampleAddresses(dataSet, ADDRESSES)
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      for (const address of addresses) {
        const startedAt = performance.now()
        const found = geocoder.geocode(parseAddressFields(address))
        if (found.outcome === 'matched') internet.findInternet(found.candidate.place)
        if (round >= ROUNDS / 2) times.push(performance.now() - startedAt)
      }
    }
    times.sort((a, b) => a - b)
    const at = (share: number): number => Number((times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(4))
    return { medianMs: at(0.5), p99Ms: at(0.99) }
  } finally {
    dataSet.close()
  }
}
