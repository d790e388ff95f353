/**
 * Trains the tagger of `src/address/` and writes its vocabulary and weights to `src/address/data/`.
 *
 *     node scripts/train-address-tagger.ts <folder of labelled corpora> [--leave-out 0|1|2]
 *
 * Reads only sets under MIT, ISC or CC0, and adds invented lines. The same input gives the same weights. With
 * `--leave-out`, a third of the records stays out of the training, for validation.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { LABEL_COUNT } from '../src/address/labels.ts'
import { WORD_CLASSES } from '../src/address/word-classes.ts'
import type { LabelledLine } from './address-training/labelled-lines.ts'
import { seededRandom } from './address-training/random.ts'

const [folder, ...options] = process.argv.slice(2)
if (folder === undefined) {
  console.error(
    'Name the folder of labelled corpora: node scripts/train-address-tagger.ts <folder> [--leave-out 0|1|2]',
  )
  process.exit(2)
}

/** The sets that may be trained on, with the share of their lines and how often each is learned an epoch. */
const SETS: readonly (readonly [name: string, share: number, times: number])[] = [
  ['usaddress-labeled', 1, 3],
  ['addresser', 1, 1],
  ['addressit', 1, 1],
  ['atlus', 1, 1],
  ['libpostal-parser', 1, 1],
  ['parse-address', 1, 1],
  ['pelias-parser', 1, 1],
  ['ruby-street-address', 1, 1],
  ['sroussey-parse-address', 1, 1],
  ['steveash-usaddressparser', 1, 1],
  ['universe-address-parser', 1, 2],
  ['utah-api-parse', 1, 1],
  ['utah-sweeper', 1, 1],
  ['woodbri-standardizer', 1, 1],
  ['scourgify', 1, 1],
  ['congress-district-offices', 1, 1],
  ['pelias-street-lines', 1, 1],
  ['pelias-florida-food', 0.2, 1],
]
const INVENTED_LINES = Number(process.env['INVENTED'] ?? 6000)
const SCALE = 256
const data = new URL('../src/address/data/', import.meta.url)
const leftOut = options[0] === '--leave-out' ? Number(options[1]) : undefined

// The vocabulary is a part of the features, so it is written before they are loaded.
const random = seededRandom(20_261)
const counts = new Map<string, number>()
{
  const { tokenize } = await import('../src/address/tokenize.ts')
  const { foldOf } = await import('./address-training/fold.ts')
  for (const [name, share] of SETS) {
    const file = path.join(folder, `${name}.jsonl`)
    if (!existsSync(file) || share < 1) continue
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const { id, input } = JSON.parse(line) as { id: string; input: string }
      if (foldOf(id) === leftOut) continue
      for (const key of new Set(tokenize(input).keys)) {
        if (!/\d/u.test(key)) counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
  }
}
/** Words that mean something by themselves, whether the corpora have them or not. */
async function designators(): Promise<string[]> {
  const { VOCABULARY_WORDS } = await import('./address-training/invented-lines.ts')
  const units = JSON.parse(readFileSync(new URL('secondary-units.json', data), 'utf8')) as Record<
    string,
    { name: string; variants: string[] }
  >
  const words = JSON.parse(readFileSync(new URL('words.json', data), 'utf8')) as Record<string, string[]>
  const listed = [
    ...Object.entries(units).flatMap(([unit, { name, variants }]) => [unit, name, ...variants]),
    ...Object.values(words).flat(),
  ]
  return [...listed, ...VOCABULARY_WORDS]
}
for (const text of await designators()) counts.set(text, 4)
const vocabulary = [...counts]
  .filter(([, count]) => count >= 3)
  .map(([key]) => key)
  .toSorted()
writeFileSync(new URL('vocabulary.txt', data), `${vocabulary.join('\n')}\n`)

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

const { allowed, features, transitions, weights } = trainCrf(lines, {
  epochs: Number(process.env['EPOCHS'] ?? 12),
  rate: 0.1,
  decay: 0.02,
  minimum: 2,
  random,
})

/** Rows that round to nothing are left out. */
const quantized = Int16Array.from(weights, (weight) => Math.round(weight * SCALE))
const kept = [...features, ...transitions].map((_, row) =>
  quantized.subarray(row * LABEL_COUNT, (row + 1) * LABEL_COUNT).some((weight) => Math.abs(weight) > 4),
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
    weights: Buffer.from(Int16Array.from(rows).buffer).toString('base64'),
  }),
)
console.log(
  `${lines.length} lines, ${vocabulary.length} words, ${keptFeatures.length} features, ${keptTransitions.length} transitions`,
)
