/**
 * Trains the tagger of `src/address/` and writes its vocabulary and weights to `src/address/data/`.
 *
 *     node scripts/train-address-tagger.ts <folder of labelled corpora> [--leave-out 0|1|2]
 *
 * Reads only sets under MIT, ISC or CC0, and adds invented lines. The same input gives the same weights. With
 * `--leave-out`, a third of the records stays out of the training, for validation.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { LABEL_COUNT } from '../src/address/labels.ts'
import { WORD_CLASSES } from '../src/address/word-classes.ts'
import type { LabelledLine } from './address-training/labelled-lines.ts'
import { seededRandom } from './address-training/random.ts'
import { SETS } from './address-training/sets.ts'

const [folder, ...options] = process.argv.slice(2)
if (folder === undefined) {
  console.error(
    'Name the folder of labelled corpora: node scripts/train-address-tagger.ts <folder> [--leave-out 0|1|2]',
  )
  process.exit(2)
}

const INVENTED_LINES = 6000
const SCALE = 48
const data = new URL('../src/address/data/', import.meta.url)
const leftOut = options[0] === '--leave-out' ? Number(options[1]) : undefined

execFileSync(process.execPath, [
  fileURLToPath(new URL('address-training/write-vocabulary.ts', import.meta.url)),
  folder,
  ...(leftOut === undefined ? [] : [String(leftOut)]),
])
const random = seededRandom(20_261)

const { readLabelledLines } = await import('./address-training/labelled-lines.ts')
const { LineWriter } = await import('./address-training/invented-lines.ts')
const { trainCrf } = await import('./address-training/train-crf.ts')

const lines: LabelledLine[] = []
for (const [name, share, times] of SETS) {
  const file = path.join(folder, `${name}.jsonl`)
  if (!existsSync(file)) continue
  const labelled = readLabelledLines(file, leftOut)
  const kept = share < 1 ? labelled.filter(() => random() < share) : labelled
  console.error(`${name}: ${kept.length} lines`)
  for (let i = 0; i < times; i++) {
    lines.push(...kept)
  }
}
/** The same lines without commas, so that a comma helps but is not needed. */
for (const { tokens, labels } of lines.filter(() => random() < 0.25)) {
  lines.push({ tokens: { ...tokens, breaks: tokens.breaks.map(() => false) }, labels })
}
const writer = new LineWriter(random, new URL('places.txt', data))
for (let i = 0; i < INVENTED_LINES; i++) lines.push(writer.write())

const { allowed, features, transitions, pairs, weights } = trainCrf(lines, {
  epochs: 12,
  rate: 0.1,
  decay: 0.1,
  minimum: 2,
  random,
})

/** Rows that round to nothing are left out. */
const quantized = Int8Array.from(weights, (weight) => Math.max(-128, Math.min(127, Math.round(weight * SCALE))))
const kept = [...features, ...transitions].map((_, row) =>
  quantized.subarray(row * LABEL_COUNT, (row + 1) * LABEL_COUNT).some((weight) => weight !== 0),
)
const keptFeatures = features.filter((_, i) => kept[i])
const keptTransitions = transitions.filter((_, i) => kept[features.length + i])
const rows = kept.flatMap((keep, row) =>
  keep ? [...quantized.subarray(row * LABEL_COUNT, (row + 1) * LABEL_COUNT)] : [],
)
const steps = (numbers: readonly number[]) => numbers.map((number, i) => number - (numbers[i - 1] ?? 0))
writeFileSync(
  new URL('tagger-weights.json', data),
  JSON.stringify({
    classes: WORD_CLASSES.length,
    scale: SCALE,
    allowed,
    features: steps(keptFeatures),
    transitions: steps(keptTransitions),
    pairs: Array.from(pairs, (weight) => Math.round(weight * SCALE)),
    weights: Buffer.from(Int8Array.from(rows).buffer).toString('base64'),
  }),
)
console.log(`${lines.length} lines, ${keptFeatures.length} features, ${keptTransitions.length} transitions`)
