import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { sqliteCountEnded } from './count-ended.ts'
import { MIGRATIONS } from './migrations.ts'

describe('counting ended sessions in SQLite', () => {
  it('changes nothing when it dies half-way, and counts each once afterwards', async () => {
    const db = new Database(':memory:')
    for (const statement of MIGRATIONS.flatMap(({ statements }) => statements)) db.exec(statement)
    const insert = db.prepare(
      `INSERT INTO session (token, account_id, created_at, updated_at, last_seen_at, ended_at, outcome)
        VALUES (?, 'a', 0, 0, 0, 1, 'answered')`,
    )
    for (let index = 0; index < 5; index++) insert.run(`t${index}`)
    const countEnded = sqliteCountEnded(db)
    const counted = () => db.prepare('SELECT coalesce(sum(sessions), 0) FROM usage_count').pluck().get()
    db.exec(
      `CREATE TRIGGER fault BEFORE UPDATE ON session WHEN old.token = 't1' BEGIN SELECT RAISE(ABORT, 'fault'); END`,
    )
    await expect(countEnded(3)).rejects.toThrow('fault')
    expect(counted()).toBe(0)
    db.exec('DROP TRIGGER fault')
    expect([await countEnded(3), await countEnded(3), await countEnded(3)]).toEqual([3, 2, 0])
    expect(counted()).toBe(5)
    db.close()
  })
})
