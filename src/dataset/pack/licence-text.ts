import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Manifest } from '../manifest.ts'

/** Licences whose whole text goes along with the data. */
const WHOLE_TEXTS: Readonly<Record<string, string>> = { 'CC BY 4.0': 'CC-BY-4.0.txt' }

const FOLDER = resolve(import.meta.dirname, '../../../data/licences')

/** Whose data a data set holds and under which licences, for whoever it is handed on to. */
export function describeLicences({ version, builtAt, sources }: Manifest): string {
  const groups = Map.groupBy(sources, ({ licence, attribution }) => `${attribution}\n${licence}`)
  const sections = [...groups.values()].map((members) => {
    const { licence, attribution } = members[0]!
    const files = members.map(({ file, vintage, revision, retrievedOn }) =>
      [
        `  ${file}`,
        vintage !== undefined && `of ${vintage}`,
        revision !== undefined && `revised ${revision}`,
        retrievedOn !== undefined && `fetched ${retrievedOn}`,
      ]
        .filter(Boolean)
        .join(', '),
    )
    return [attribution, `Licence: ${licence}`, ...files].join('\n')
  })
  const texts = [...new Set(sources.flatMap(({ licence }) => WHOLE_TEXTS[licence] ?? []))]
  return [
    `Data set ${version} of Hum, built ${builtAt}`,
    'What it holds was taken from the files below, selected, counted and rearranged. Credit their publishers when you\n' +
      'pass it or answers from it on.',
    ...sections,
    ...texts.map((name) => `${'='.repeat(79)}\n\n${readFileSync(resolve(FOLDER, name), 'utf8').trimEnd()}`),
    '',
  ].join('\n\n')
}
