import { readFileSync } from 'node:fs'
import { FEATURE_COUNT, TEMPLATE_COUNT, type Observation } from './features.ts'
import { LABEL_COUNT } from './labels.ts'
import { WORD_CLASSES } from './word-classes.ts'

const L = LABEL_COUNT
/** Transitions are learned from each label, and from the text's begin, the last. */
const FROM = L + 1

/**
 * A linear-chain model: each feature of a word speaks for and against each label, each pair of neighbouring labels has
 * a weight by the class of the later word and whether a break stands between.
 */
export interface TaggerModel {
  /** Labels that a word of each class may have. */
  readonly allowed: readonly Uint8Array[]
  /** First weight of a feature, 0 for features without: the first row is all zeros. */
  readonly rowOfFeature: Int32Array
  /** First weight of a transition by (class, break, label before). */
  readonly rowOfTransition: Int32Array
  readonly weights: Int16Array
  /** Weight of one, so that sums divided by it are log odds. */
  readonly scale: number
}

/** Number of a transition row: class of the later word, break before it, label before it. */
export function transitionNumber(kind: number, breaks: boolean, labelBefore: number): number {
  return (kind * 2 + (breaks ? 1 : 0)) * FROM + labelBefore
}

export const TRANSITION_COUNT = WORD_CLASSES.length * 2 * FROM

/** The most likely labels, and how much likelier they are than the next best: log odds. */
export interface Tagging {
  readonly labels: Uint8Array
  readonly margin: number
}

/** Finds the best labels by the Viterbi algorithm; time and space grow with the number of words. */
export function tag(
  model: TaggerModel,
  { count, classes, features }: Observation,
  breaks: readonly boolean[],
): Tagging {
  const { allowed, rowOfFeature, rowOfTransition, weights } = model
  const labels = new Uint8Array(count)
  if (count === 0) return { labels, margin: 0 }
  const back = new Uint8Array(count * L)
  const gaps = new Int32Array(count * L)
  let scores = new Int32Array(L)
  let next = new Int32Array(L)
  let before: Uint8Array = BEGIN
  const rows = new Int32Array(TEMPLATE_COUNT)
  for (let i = 0; i < count; i++) {
    const kind = classes[i]!
    const here = allowed[kind]!
    let rowCount = 0
    const feature = i * TEMPLATE_COUNT
    for (let t = 0; t < TEMPLATE_COUNT; t++) {
      const row = rowOfFeature[features[feature + t]!]!
      if (row > 0) rows[rowCount++] = row
    }
    const transitions = (kind * 2 + (breaks[i] ? 1 : 0)) * FROM
    for (let h = 0; h < here.length; h++) {
      const label = here[h]!
      let emission = 0
      for (let r = 0; r < rowCount; r++) emission += weights[rows[r]! + label]!
      let best = -0x3fffffff
      let second = -0x3fffffff
      let from = 0
      for (let b = 0; b < before.length; b++) {
        const labelBefore = before[b]!
        const score =
          (i === 0 ? 0 : scores[labelBefore]!) + weights[rowOfTransition[transitions + labelBefore]! + label]!
        if (score > best) {
          second = best
          best = score
          from = labelBefore
        } else if (score > second) second = score
      }
      next[label] = best + emission
      back[i * L + label] = from
      gaps[i * L + label] = best - second
    }
    const spare = scores
    scores = next
    next = spare
    before = here
  }
  let best = -0x3fffffff
  let second = -0x3fffffff
  let label = 0
  for (let b = 0; b < before.length; b++) {
    const score = scores[before[b]!]!
    if (score > best) {
      second = best
      best = score
      label = before[b]!
    } else if (score > second) second = score
  }
  // The next best labels leave the best ones for good at one word, so the smallest loss along the way is theirs.
  let margin = best - second
  for (let i = count - 1; i >= 0; i--) {
    labels[i] = label
    if (i > 0) margin = Math.min(margin, gaps[i * L + label]!)
    label = back[i * L + label]!
  }
  return { labels, margin: margin / model.scale }
}

const BEGIN = Uint8Array.of(L)

interface StoredModel {
  readonly classes: number
  readonly scale: number
  readonly allowed: readonly (readonly number[])[]
  /** Ascending feature numbers as steps, one a row of `LABEL_COUNT` weights. */
  readonly features: readonly number[]
  readonly transitions: readonly number[]
  /** Weights of labels in a row whatever the words, by label before (begin last) and label. */
  readonly pairs: readonly number[]
  /** Rows of features, then of transitions, 16-bit little-endian in base 64. */
  readonly weights: string
}

/** Reads the weights that `scripts/train-address-tagger.ts` wrote. */
export function readTaggerModel(): TaggerModel {
  const stored = JSON.parse(readFileSync(new URL('data/tagger-weights.json', import.meta.url), 'utf8')) as StoredModel
  const bytes = Buffer.from(stored.weights, 'base64')
  const learned = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  // a row of zeros for features without weights, the learned rows, a row for each label before
  const weights = new Int16Array(L + learned.length + FROM * L)
  weights.set(learned, L)
  const pairs = L + learned.length
  weights.set(stored.pairs, pairs)
  const rowOfFeature = new Int32Array(FEATURE_COUNT)
  const rowOfTransition = new Int32Array(TRANSITION_COUNT)
  for (let i = 0; i < TRANSITION_COUNT; i++) rowOfTransition[i] = pairs + (i % FROM) * L
  let row = L
  let number = 0
  for (const step of stored.features) {
    number += step
    rowOfFeature[number] = row
    row += L
  }
  number = 0
  for (const step of stored.transitions) {
    number += step
    rowOfTransition[number] = row
    for (let label = 0; label < L; label++) weights[row + label]! += stored.pairs[(number % FROM) * L + label]!
    row += L
  }
  return {
    allowed: stored.allowed.map((labels) => Uint8Array.from(labels)),
    rowOfFeature,
    rowOfTransition,
    weights,
    scale: stored.scale,
  }
}
