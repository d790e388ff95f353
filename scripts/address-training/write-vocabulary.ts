/**
 * Writes the words that the tagger knows one by one to `src/address/data/vocabulary.txt`: those that several lines of
 * the corpora have, and those that mean something by themselves.
 *
 * A program of its own, run before the training: what the training loads reads the file.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tokenize } from '../../src/address/tokenize.ts'
import { foldOf } from './fold.ts'
import { VOCABULARY_WORDS } from './invented-lines.ts'
import { SETS } from './sets.ts'

const [folder = '', fold] = process.argv.slice(2)
const leftOut = fold === undefined ? undefined : Number(fold)
const data = new URL('../../src/address/data/', import.meta.url)

const counts = new Map<string, number>()
for (const [name, share] of SETS) {
  const file = path.join(folder, `${name}.jsonl`)
  if (!existsSync(file) || share < 1) continue
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { input } = JSON.parse(line) as { input: string }
    if (foldOf(input) === leftOut) continue
    for (const key of new Set(tokenize(input).keys)) if (!/\d/u.test(key)) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
}
const often = [...counts].filter(([, count]) => count >= 3).map(([key]) => key)

const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, data), 'utf8'))
const units = readJson('secondary-units.json') as Record<string, { name: string; variants: string[] }>
const words = readJson('words.json') as Record<string, string[]>
const vocabulary = new Set([
  ...often,
  ...VOCABULARY_WORDS,
  ...Object.entries(units).flatMap(([unit, { name, variants }]) => [unit, name, ...variants]),
  ...Object.values(words).flat(),
])
writeFileSync(new URL('vocabulary.txt', data), `${[...vocabulary].toSorted().join('\n')}\n`)
