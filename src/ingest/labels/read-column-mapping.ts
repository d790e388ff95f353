import { text } from 'node:stream/consumers'
import { AppError } from '../../lib/errors.ts'
import type { SourceFile } from '../files/source-file.ts'
import { LABEL_FIELDS } from './label-field.ts'
import type { ColumnNames } from './label-field.ts'

export const MAPPING_FILE = 'label-mapping.json'

/** What an operator has named the columns of a file. */
export type ColumnMapping = (file: string) => ColumnNames

/**
 * Reads what columns hold from `label-mapping.json`: `{"acme.csv": {"Preis": "price", "Notes": null}}`, with `"*"` for
 * every file. A field of null leaves the column out.
 *
 * @throws AppError `source_unreadable` when it is something else, or names a field that there is not.
 */
export async function readColumnMapping(files: readonly SourceFile[]): Promise<ColumnMapping> {
  const named = new Map<string, ColumnNames>()
  for (const file of files) {
    for (const [name, columns] of Object.entries(parseMapping(await text(await file.open())))) {
      named.set(name, { ...named.get(name), ...columns })
    }
  }
  return (file) => ({ ...named.get('*'), ...named.get(file) })
}

function parseMapping(json: string): Record<string, ColumnNames> {
  try {
    const mapping = JSON.parse(json) as Record<string, ColumnNames>
    for (const columns of Object.values(mapping)) {
      for (const field of Object.values(columns)) {
        if (field !== null && !LABEL_FIELDS.includes(field)) throw new Error(`There is no field ${field}.`)
      }
    }
    return mapping
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'source_unreadable',
      `${MAPPING_FILE} is not {"file.csv": {"column header": "field"}}: ${why} Fields: ${LABEL_FIELDS.join(', ')}.`,
      { cause: error },
    )
  }
}
