import { readFileSync } from 'node:fs'
import { COMPOUND_COUNT, COMPOUNDS_PER_WORD, FEATURE_COUNT, featuresOf, type Observation } from './features.ts'
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
  /** One a word, and whatever behind them; read them before the next text is tagged. */
  readonly labels: Uint8Array
  readonly margin: number
}

/**
 * Ways to label the text up to a word that are so much less likely than the best one are not followed further: log
 * odds. What comes behind hardly ever makes up for so much.
 */
const HOPELESS = 5

/** Finds the best labels of texts; keeps its working space from text to text. */
export class Tagger {
  readonly #model: TaggerModel
  readonly #rows = new Int32Array(COMPOUNDS_PER_WORD)
  /** First summed weight of each compound that was met, 0 of others. */
  readonly #rowOfCompound = new Int32Array(COMPOUND_COUNT)
  /** Summed weights; the first row is all zeros. */
  #sums = new Int16Array(4096 * L)
  #sumsEnd = L
  #labels = new Uint8Array(64)
  /** By word and label: the label before, and how much worse the next best one would be. */
  #back = new Uint8Array(64 * L)
  #gaps = new Int32Array(64 * L)
  /** The labels followed at the last word, their scores, and their transitions to this one. */
  readonly #kept = new Uint8Array(L)
  readonly #scores = new Int32Array(L)
  readonly #transitionRows = new Int32Array(L)
  /** Scores of this word's labels. */
  readonly #reached = new Int32Array(L)

  constructor(model: TaggerModel) {
    this.#model = model
  }

  /** Viterbi's algorithm; time and space grow with the number of words. */
  tag({ count, classes, compounds }: Observation, breaks: readonly boolean[]): Tagging {
    const { allowed, rowOfTransition, weights, scale } = this.#model
    const rowOfCompound = this.#rowOfCompound
    if (count * L > this.#back.length) this.#grow(count)
    const labels = this.#labels
    if (count === 0) return { labels, margin: 0 }
    const rows = this.#rows
    const back = this.#back
    const gaps = this.#gaps
    const kept = this.#kept
    const scores = this.#scores
    const reached = this.#reached
    const transitionRows = this.#transitionRows
    let keptBefore = 0
    for (let i = 0; i < count; i++) {
      const kind = classes[i + 1]!
      const here = allowed[kind]!
      const hereCount = here.length
      let rowCount = 0
      for (let c = i * COMPOUNDS_PER_WORD; c < (i + 1) * COMPOUNDS_PER_WORD; c++) {
        const compound = compounds[c]!
        const row = rowOfCompound[compound]! || this.#sumUp(compound)
        if (row > 0) rows[rowCount++] = row
      }
      const sums = this.#sums
      const transitions = (kind * 2 + (breaks[i] ? 1 : 0)) * FROM
      const base = i * L
      let top = -0x3fffffff
      for (let h = 0; h < hereCount; h++) {
        const label = here[h]!
        let best = -0x3fffffff
        let second = -0x3fffffff
        let from = L
        if (i === 0) best = weights[rowOfTransition[transitions + L]! + label]!
        else {
          for (let b = 0; b < keptBefore; b++) {
            const score = scores[b]! + weights[transitionRows[b]! + label]!
            if (score > best) {
              second = best
              best = score
              from = b
            } else if (score > second) second = score
          }
        }
        gaps[base + label] = best - second
        back[base + label] = i === 0 ? L : kept[from]!
        for (let r = 0; r < rowCount; r++) best += sums[rows[r]! + label]!
        reached[h] = best
        if (best > top) top = best
      }
      const least = top - HOPELESS * scale
      let keptCount = 0
      const nextTransitions = i + 1 < count ? (classes[i + 2]! * 2 + (breaks[i + 1] ? 1 : 0)) * FROM : 0
      for (let h = 0; h < hereCount; h++) {
        if (reached[h]! < least) continue
        kept[keptCount] = here[h]!
        scores[keptCount] = reached[h]!
        transitionRows[keptCount++] = rowOfTransition[nextTransitions + here[h]!]!
      }
      keptBefore = keptCount
    }
    let best = -0x3fffffff
    let second = -0x3fffffff
    let label = 0
    for (let b = 0; b < keptBefore; b++) {
      const score = scores[b]!
      if (score > best) {
        second = best
        best = score
        label = kept[b]!
      } else if (score > second) second = score
    }
    // The next best labels leave the best ones for good at one word, so the smallest loss along the way is theirs.
    let margin = best - second
    for (let i = count - 1; i >= 0; i--) {
      labels[i] = label
      const gap = gaps[i * L + label]!
      if (i > 0 && gap < margin) margin = gap
      label = back[i * L + label]!
    }
    return { labels, margin: margin / scale }
  }

  /** Sums the weights of a compound's features when it is met for the first time; -1 where they are all nothing. */
  #sumUp(compound: number): number {
    const { rowOfFeature, weights } = this.#model
    const rows = featuresOf(compound)
      .map((feature) => rowOfFeature[feature]!)
      .filter((row) => row > 0)
    if (rows.length === 0) return (this.#rowOfCompound[compound] = -1)
    if (this.#sumsEnd + L > this.#sums.length) {
      const larger = new Int16Array(this.#sums.length * 2)
      larger.set(this.#sums)
      this.#sums = larger
    }
    const at = this.#sumsEnd
    for (let label = 0; label < L; label++) {
      let sum = 0
      for (const row of rows) sum += weights[row + label]!
      this.#sums[at + label] = sum
    }
    this.#sumsEnd += L
    return (this.#rowOfCompound[compound] = at)
  }

  #grow(count: number): void {
    const words = count * 2
    this.#labels = new Uint8Array(words)
    this.#back = new Uint8Array(words * L)
    this.#gaps = new Int32Array(words * L)
  }
}

interface StoredModel {
  readonly classes: number
  readonly scale: number
  readonly allowed: readonly (readonly number[])[]
  /** Ascending feature numbers as steps, one a row of `LABEL_COUNT` weights. */
  readonly features: readonly number[]
  readonly transitions: readonly number[]
  /** Weights of labels in a row whatever the words, by label before (begin last) and label. */
  readonly pairs: readonly number[]
  /** Rows of features, then of transitions, 8-bit in base 64. */
  readonly weights: string
}

/** Reads the weights that `scripts/train-address-tagger.ts` wrote. */
export function readTaggerModel(): TaggerModel {
  const stored = JSON.parse(readFileSync(new URL('data/tagger-weights.json', import.meta.url), 'utf8')) as StoredModel
  const bytes = Buffer.from(stored.weights, 'base64')
  const learned = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
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
