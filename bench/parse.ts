/**
 * Hum's address parser beside the parsers that a developer could install instead, in turns in one run.
 *
 *     npm run -s bench -- parse [folder of labelled corpora]
 *
 * The lines are those of the corpora where they are at hand, else invented ones. Accuracy is measured elsewhere, with
 * the adapter in `bench/parse/`; here every parser only has to answer.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { parseAddress } from '../src/address/index.ts'

const LINES = 20_000
const ROUNDS = 7
const SETS_WITHOUT_LINES = /unlabelled|reverse|pub28|nominatim|dc-blocks|trimet|degauss/u

async function readLines(folder: string): Promise<string[]> {
  if (!existsSync(folder)) {
    const [{ LineWriter }, { seededRandom }] = await Promise.all([
      import('../scripts/address-training/invented-lines.ts'),
      import('../scripts/address-training/random.ts'),
    ])
    const writer = new LineWriter(seededRandom(1), new URL('../src/address/data/places.txt', import.meta.url))
    return Array.from({ length: LINES }, () => writer.write().tokens.keys.join(' '))
  }
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl') && !SETS_WITHOUT_LINES.test(file))
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n').filter(Boolean))
    .map((line) => (JSON.parse(line) as { input: string }).input)
  // a stride with no common divisor mixes the sets
  return Array.from({ length: LINES }, (_, i) => texts[(i * 7919) % texts.length] ?? '')
}

interface Parser {
  readonly name: string
  readonly parse: (text: string) => unknown
  readonly seconds: number[]
}

export default async function benchParse([folder = '../shared/corpora']: string[]): Promise<void> {
  const require = createRequire(import.meta.url)
  const { parseLocation } = require('parse-address') as { parseLocation: (text: string) => unknown }
  const { AddressParser } = await import('@sroussey/parse-address')
  const sroussey = new AddressParser()
  const universe = (await import('@universe/address-parser')) as { parse: (text: string) => unknown }
  const parsers: Parser[] = [
    { name: 'hum', parse: parseAddress, seconds: [] },
    { name: 'parse-address', parse: parseLocation, seconds: [] },
    { name: '@sroussey/parse-address', parse: (text) => sroussey.parseLocation(text), seconds: [] },
    { name: '@universe/address-parser', parse: universe.parse, seconds: [] },
  ]
  const lines = await readLines(folder)
  for (let round = -1; round < ROUNDS; round++) {
    for (const { parse, seconds } of parsers) {
      const begin = performance.now()
      for (const line of lines) {
        try {
          parse(line)
        } catch {
          // some of them throw on what they cannot read
        }
      }
      if (round >= 0) seconds.push((performance.now() - begin) / 1000)
    }
  }
  const rates = parsers.map(({ name, seconds }) => {
    const sorted = seconds.toSorted((a, b) => a - b)
    return {
      name,
      perSecond: Math.round(LINES / (sorted[ROUNDS >> 1] ?? 1)),
      best: Math.round(LINES / (sorted[0] ?? 1)),
    }
  })
  const [hum, ...peers] = rates
  const fastest = peers.toSorted((a, b) => b.perSecond - a.perSecond)[0]
  if (!hum || !fastest) return
  console.log('parser                      addresses/s, one thread (median of 7)     best   Hum is so much faster')
  for (const { name, perSecond, best } of rates) {
    const ratio = (hum.perSecond / perSecond).toFixed(2)
    console.log(`${name.padEnd(28)}${String(perSecond).padStart(14)}${String(best).padStart(35)}${ratio.padStart(16)}`)
  }
  console.log(
    JSON.stringify({
      lines: LINES,
      addressesPerSecond: Object.fromEntries(rates.map(({ name, perSecond }) => [name, perSecond])),
      timesFastestPeer: Number((hum.perSecond / fastest.perSecond).toFixed(2)),
    }),
  )
}
