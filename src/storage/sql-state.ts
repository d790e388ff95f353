/**
 * State in the SQL that both engines understand, with `$1` for the first value: for what is not asked often enough to
 * be worth a version for each engine. Times are milliseconds since 1970, flags 0 or 1, structured values JSON as text.
 */
export interface SqlState {
  /** Runs a SELECT. */
  read<Row extends object>(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>
  /** Runs a statement that changes rows, and gives their number once it is committed. */
  write(text: string, values?: readonly SqlValue[]): Promise<number>
  /** Runs a statement that changes rows and returns some, once it is committed. */
  writeReturning<Row extends object>(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>
}

export type SqlValue = string | number | null
