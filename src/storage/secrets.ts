import { randomBytes } from 'node:crypto'
import type { SqlState } from './sql-state.ts'

/**
 * The server's own secret of a name: made when first asked for, the same from then on, for every process that shares
 * the state.
 */
export async function getSecret(sql: SqlState, name: string): Promise<string> {
  await sql.write('INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
    name,
    randomBytes(32).toString('base64url'),
  ])
  const [row] = await sql.read<{ value: string }>('SELECT value FROM secret WHERE name = $1', [name])
  if (row === undefined) throw new Error(`The secret ${name} was not stored.`)
  return row.value
}
