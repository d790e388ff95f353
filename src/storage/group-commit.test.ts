import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { createGroupCommit } from './group-commit.ts'

describe('group commit', () => {
  let db: Database.Database

  beforeEach(() => {
    db = new Database(':memory:')
    db.exec('CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)')
  })

  const insert = (id: number, text: string | null) => () => db.prepare('INSERT INTO note VALUES (?, ?)').run(id, text)
  const count = () => db.prepare('SELECT count(*) FROM note').pluck().get()

  it('commits the writes of one turn together and gives each its result', async () => {
    const commit = createGroupCommit(db)
    expect(await Promise.all([commit(() => 1), commit(insert(1, 'a')), commit(() => 'two')])).toEqual([
      1,
      { changes: 1, lastInsertRowid: 1 },
      'two',
    ])
    expect(count()).toBe(1)
  })

  it('fails only the write that fails', async () => {
    const commit = createGroupCommit(db)
    const outcomes = await Promise.allSettled([commit(insert(1, 'a')), commit(insert(1, 'b')), commit(insert(2, 'c'))])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(count()).toBe(2)
  })

  it('fails all writes of a turn when the database is full, and goes on once it is not', async () => {
    db.pragma('max_page_count = 4')
    const commit = createGroupCommit(db)
    const long = 'x'.repeat(10_000)
    const outcomes = await Promise.allSettled([
      commit(insert(1, 'a')),
      commit(insert(2, long)),
      commit(insert(3, long)),
    ])
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true)
    const kept = outcomes.filter(({ status }) => status === 'fulfilled').length
    expect(count()).toBe(kept)
    db.pragma('max_page_count = 1000')
    await commit(insert(9, long))
    expect(count()).toBe(kept + 1)
  })

  it('rejects every write when the database is gone', async () => {
    const commit = createGroupCommit(db)
    db.close()
    const outcomes = await Promise.allSettled([commit(insert(1, 'a')), commit(insert(2, 'b'))])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})
