/**
 * `nameOutcome` over a row, for the statement that ends a session and drops what would tell. `read` gives the SQL for a
 * member of a JSON column.
 */
function outcomeSql(read: (column: string, member: string) => string): string {
  return `CASE WHEN geocoding IS NULL THEN 'unfinished' ELSE
    CASE ${read('geocoding', 'outcome')}
      WHEN 'multiple' THEN 'multiple'
      WHEN 'failed' THEN ${read('geocoding', 'reason')}
      ELSE CASE WHEN internet IS NULL THEN 'unfinished'
        WHEN ${read('internet', 'outcome')} = 'failed' THEN ${read('internet', 'reason')}
        ELSE 'answered' END
    END END`
}

export const SQLITE_OUTCOME = outcomeSql((column, member) => `json_extract(${column}, '$.${member}')`)

/** PostgreSQL reads no JSON that holds NUL or half a surrogate pair, which callers' text may, escaped. */
const TROUBLE = String.raw`\\u(0000|d[89a-f][0-9a-f]{2})`

/** The SQL for a member of a JSON column in PostgreSQL. */
export function postgresMember(column: string, member: string): string {
  return `regexp_replace(${column}, '${TROUBLE}', '\\\\ufffd', 'g')::json ->> '${member}'`
}

export const POSTGRES_OUTCOME = outcomeSql(postgresMember)
