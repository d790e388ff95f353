import { COMPOUNDS_PER_WORD, FEATURE_COUNT, featuresOf, Observer } from '../../src/address/features.ts'
import { LABEL, LABEL_COUNT } from '../../src/address/labels.ts'
import { TRANSITION_COUNT, transitionNumber } from '../../src/address/tagger.ts'
import { WORD_CLASS, WORD_CLASSES } from '../../src/address/word-classes.ts'
import type { LabelledLine } from './labelled-lines.ts'
import type { Random } from './random.ts'

const L = LABEL_COUNT

const NEVER = -20
/** Share of a class's words below which a label is taken for an accident. */
const RARELY = 0.003

/** Labels that a word may have whatever the lines show. */
const ANY_WORD = [LABEL.other, LABEL.streetName, LABEL.unit, LABEL.city]
const ANY_NUMBER = [LABEL.other, LABEL.number, LABEL.streetName, LABEL.unit, LABEL.box, LABEL.ruralRoute]
const NUMBERS_ONLY = new Set<number>([LABEL.zip, LABEL.plus4])
const ZIP_KINDS = new Set<number>(
  (['digit4', 'digit5', 'zipDigits', 'digit9', 'zipPlus4'] as const).map((name) => WORD_CLASS[name]),
)
const SIGNS = new Set<number>((['none', 'hash', 'ampersand', 'at'] as const).map((name) => WORD_CLASS[name]))

interface Example {
  readonly count: number
  readonly classes: Uint8Array
  /** The features of each word. */
  readonly features: readonly (readonly number[])[]
  readonly breaks: readonly boolean[]
  readonly labels: Uint8Array
}

/** Weights of a trained model, by feature and by transition; features never seen often enough have no row. */
export interface TrainedWeights {
  readonly allowed: readonly (readonly number[])[]
  readonly features: readonly number[]
  readonly transitions: readonly number[]
  /** Of labels in a row whatever the words, by label before and label. */
  readonly pairs: Float64Array
  readonly weights: Float64Array
}

function logSum(values: Float64Array, count: number): number {
  let top = -Infinity
  for (let i = 0; i < count; i++) top = Math.max(top, values[i]!)
  let sum = 0
  for (let i = 0; i < count; i++) sum += Math.exp(values[i]! - top)
  return top + Math.log(sum)
}

/** Trains a linear-chain conditional random field by AdaGrad, one line at a time, in an order drawn from `random`. */
export function trainCrf(
  lines: readonly LabelledLine[],
  {
    epochs,
    rate,
    decay,
    minimum,
    random,
  }: { epochs: number; rate: number; decay: number; minimum: number; random: Random },
): TrainedWeights {
  const observer = new Observer()
  const examples = lines.map(({ tokens, labels }): Example => {
    const { count, classes: framed, compounds } = observer.observe(tokens)
    const classes = framed.slice(1, count + 1)
    const features = Array.from({ length: count }, (_, i) =>
      [...compounds.subarray(i * COMPOUNDS_PER_WORD, (i + 1) * COMPOUNDS_PER_WORD)].flatMap(featuresOf),
    )
    return { count, classes, features, breaks: tokens.breaks, labels }
  })

  const allowedCounts = WORD_CLASSES.map(() => new Int32Array(L))
  const featureCounts = new Int32Array(FEATURE_COUNT)
  const transitionCounts = new Int32Array(TRANSITION_COUNT)
  for (const { count, classes, features, breaks, labels } of examples) {
    for (let i = 0; i < count; i++) {
      const kind = classes[i]!
      allowedCounts[kind]![labels[i]!]!++
      for (const feature of features[i]!) featureCounts[feature]!++
      transitionCounts[transitionNumber(kind, breaks[i] === true, i > 0 ? labels[i - 1]! : L)]!++
    }
  }
  const allowed = allowedCounts.map((counts, kind) => {
    const total = counts.reduce((sum, count) => sum + count, 0)
    const learned = [...counts.keys()].filter(
      (label) => counts[label]! >= Math.max(2, total * RARELY) && !(NUMBERS_ONLY.has(label) && !ZIP_KINDS.has(kind)),
    )
    const whatever = kind < WORD_CLASS.letter ? ANY_NUMBER : ANY_WORD
    return [...new Set([...learned, ...(SIGNS.has(kind) ? [LABEL.other] : whatever)])].toSorted((a, b) => a - b)
  })
  const usable = examples.filter(({ classes, labels }) =>
    labels.every((label, i) => allowed[classes[i]!]!.includes(label)),
  )

  const followed = new Int32Array((L + 1) * L)
  for (const { labels } of examples) {
    for (let i = 0; i < labels.length; i++) followed[(i > 0 ? labels[i - 1]! : L) * L + labels[i]!]!++
  }

  const features = [...featureCounts.keys()].filter((feature) => featureCounts[feature]! >= minimum)
  const transitions = [...transitionCounts.keys()].filter((transition) => transitionCounts[transition]! > 0)
  const rowOfFeature = new Int32Array(FEATURE_COUNT).fill(-1)
  const rowOfTransition = new Int32Array(TRANSITION_COUNT).fill(-1)
  for (const [i, feature] of features.entries()) rowOfFeature[feature] = i * L
  for (const [i, transition] of transitions.entries()) rowOfTransition[transition] = (features.length + i) * L
  // behind the rows of features and transitions, one row a label before: what labels follow each other at all
  const pairsFrom = (features.length + transitions.length) * L
  const weights = new Float64Array(pairsFrom + (L + 1) * L)
  const squares = new Float64Array(weights.length).fill(1e-2)
  const averaged = new Float64Array(weights.length)

  const step = (at: number, gradient: number) => {
    squares[at] = squares[at]! + gradient * gradient
    weights[at] = weights[at]! + (rate * gradient) / Math.sqrt(squares[at])
  }

  const order = usable.map((_, i) => i)
  let averagedOver = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      const swap = order[i]!
      order[i] = order[j]!
      order[j] = swap
    }
    let loss = 0
    for (const index of order)
      loss += learn(usable[index]!, allowed, rowOfFeature, rowOfTransition, pairsFrom, weights, step)
    for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! * (1 - decay)
    if (epoch >= epochs / 2) {
      averagedOver++
      for (let i = 0; i < weights.length; i++) averaged[i] = averaged[i]! + weights[i]!
    }
    console.error(`epoch ${epoch + 1}: ${usable.length} lines, mean loss ${(loss / usable.length).toFixed(4)}`)
  }
  for (let i = 0; i < averaged.length; i++) averaged[i] = averaged[i]! / averagedOver
  // labels that follow each other by accident at most are ruled out
  const pairs = averaged.slice(pairsFrom)
  for (let pair = 0; pair < pairs.length; pair++) if (followed[pair]! < 4) pairs[pair] = NEVER
  return { allowed, features, transitions, pairs, weights: averaged.subarray(0, pairsFrom) }
}

/** One step towards the right labels of one line; answers the loss before it. */
function learn(
  { count, classes, features, breaks, labels }: Example,
  allowed: readonly (readonly number[])[],
  rowOfFeature: Int32Array,
  rowOfTransition: Int32Array,
  pairsFrom: number,
  weights: Float64Array,
  step: (at: number, gradient: number) => void,
): number {
  const emissions = new Float64Array(count * L)
  const transitionRow = (i: number, before: number) =>
    rowOfTransition[transitionNumber(classes[i]!, breaks[i] === true, before)]!
  const transitionScore = (i: number, before: number, label: number) => {
    const row = transitionRow(i, before)
    return weights[pairsFrom + before * L + label]! + (row < 0 ? 0 : weights[row + label]!)
  }
  for (let i = 0; i < count; i++) {
    for (const feature of features[i]!) {
      const row = rowOfFeature[feature]!
      if (row < 0) continue
      for (const label of allowed[classes[i]!]!)
        emissions[i * L + label] = emissions[i * L + label]! + weights[row + label]!
    }
  }
  const forward = new Float64Array(count * L).fill(-Infinity)
  const backward = new Float64Array(count * L).fill(-Infinity)
  const sums = new Float64Array(L)
  for (const label of allowed[classes[0]!]!) {
    forward[label] = emissions[label]! + transitionScore(0, L, label)
  }
  for (let i = 1; i < count; i++) {
    for (const label of allowed[classes[i]!]!) {
      let n = 0
      for (const before of allowed[classes[i - 1]!]!) {
        sums[n++] = forward[(i - 1) * L + before]! + transitionScore(i, before, label)
      }
      forward[i * L + label] = logSum(sums, n) + emissions[i * L + label]!
    }
  }
  for (const label of allowed[classes[count - 1]!]!) backward[(count - 1) * L + label] = 0
  for (let i = count - 2; i >= 0; i--) {
    for (const before of allowed[classes[i]!]!) {
      let n = 0
      for (const label of allowed[classes[i + 1]!]!) {
        sums[n++] =
          backward[(i + 1) * L + label]! + emissions[(i + 1) * L + label]! + transitionScore(i + 1, before, label)
      }
      backward[i * L + before] = logSum(sums, n)
    }
  }
  let n = 0
  for (const label of allowed[classes[count - 1]!]!) sums[n++] = forward[(count - 1) * L + label]!
  const total = logSum(sums, n)

  let score = 0
  for (let i = 0; i < count; i++) {
    score += emissions[i * L + labels[i]!]! + transitionScore(i, i > 0 ? labels[i - 1]! : L, labels[i]!)
  }
  for (let i = 0; i < count; i++) {
    const here = allowed[classes[i]!]!
    for (const label of here) {
      const probability = Math.exp(forward[i * L + label]! + backward[i * L + label]! - total)
      const gradient = (label === labels[i] ? 1 : 0) - probability
      if (Math.abs(gradient) < 1e-6) continue
      for (const feature of features[i]!) {
        const row = rowOfFeature[feature]!
        if (row >= 0) step(row + label, gradient)
      }
      if (i === 0) {
        const row = transitionRow(0, L)
        if (row >= 0) step(row + label, gradient)
        step(pairsFrom + L * L + label, gradient)
      }
    }
    if (i === 0) continue
    for (const before of allowed[classes[i - 1]!]!) {
      const row = transitionRow(i, before)
      for (const label of here) {
        const probability = Math.exp(
          forward[(i - 1) * L + before]! +
            transitionScore(i, before, label) +
            emissions[i * L + label]! +
            backward[i * L + label]! -
            total,
        )
        const gradient = (label === labels[i] && before === labels[i - 1] ? 1 : 0) - probability
        if (Math.abs(gradient) < 1e-6) continue
        if (row >= 0) step(row + label, gradient)
        step(pairsFrom + before * L + label, gradient)
      }
    }
  }
  return total - score
}
