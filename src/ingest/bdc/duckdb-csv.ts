import { open } from 'node:fs/promises'
import { sqlText } from './duckdb-workspace.ts'
import type { DuckdbWorkspace } from './duckdb-workspace.ts'

/** No header is longer. */
const HEADER_BYTES = 65_536

/** What DuckDB says of a line that is no row → the reason in the report. */
const REASON = `CASE error_type WHEN 'INVALID ENCODING' THEN 'not_utf8' WHEN 'MISSING COLUMNS' THEN 'too_few_columns'
  WHEN 'TOO MANY COLUMNS' THEN 'too_many_columns' WHEN 'UNQUOTED VALUE' THEN 'broken_quotes' ELSE 'malformed_line' END`

/** The names of a CSV's columns in lower case, from its first line. */
export async function readColumns(path: string): Promise<string[]> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0)
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1)
    return line
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split(',')
      .map((name) =>
        name
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .toLowerCase(),
      )
  } finally {
    await file.close()
  }
}

/**
 * A table of SQL that reads a CSV with a header line as text. Lines that are no rows are set aside under the name,
 * for `takeMalformed`.
 */
export function csvTable(path: string, columns: readonly string[], name: string): string {
  const types = columns.map((column) => `${sqlText(column)}: 'VARCHAR'`).join(', ')
  return `read_csv(${sqlText(withoutPatterns(path))}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    columns = {${types}}, store_rejects = true, rejects_scan = '${name}_scan', rejects_table = '${name}_line')`
}

/** DuckDB takes brackets, stars and question marks in a path for a pattern. */
const withoutPatterns = (path: string): string => path.replace(/[[*?]/g, '[$&]')

/** Counts by reason the lines that reading the named CSV set aside, and forgets them. */
export async function takeMalformed(workspace: DuckdbWorkspace, name: string): Promise<Record<string, number>> {
  const malformed = await workspace.rows<{ reason: string; lines: bigint }>(`
    SELECT reason, count(*) AS lines
    FROM (SELECT line_byte_position, min(${REASON}) AS reason FROM ${name}_line GROUP BY line_byte_position)
    GROUP BY reason ORDER BY reason`)
  await workspace.run(`DROP TABLE ${name}_line; DROP TABLE ${name}_scan`)
  return Object.fromEntries(malformed.map(({ reason, lines }) => [reason, Number(lines)]))
}
