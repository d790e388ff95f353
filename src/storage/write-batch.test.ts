import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { createWriteBatch } from './write-batch.ts'
import type { Write } from './write-batch.ts'

const INSERT = 'INSERT INTO note VALUES (?, ?)'
const RENAME = 'UPDATE note SET text = $1 WHERE text <> $1 RETURNING id'

describe('a batch of writes', () => {
  let db: Database.Database

  beforeEach(() => {
    db = new Database(':memory:')
    db.exec('CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)')
  })

  function write(...batch: Write[]) {
    return createWriteBatch(db)(batch)
  }

  const count = () => db.prepare('SELECT count(*) FROM note').pluck().get()

  it('is committed as one, and gives each write its result', () => {
    expect(write([INSERT, [1, 'a']], [INSERT, [2, 'b']], [RENAME, ['c']])).toEqual([1, 1, [{ id: 1 }, { id: 2 }]])
    expect(db.inTransaction).toBe(false)
    expect(count()).toBe(2)
  })

  it('fails only the write that fails', () => {
    expect(write([INSERT, [1, 'a']], [INSERT, [1, 'b']], [INSERT, [2, null]], [INSERT, [3, 'c']])).toEqual([
      1,
      expect.objectContaining({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }),
      expect.objectContaining({ code: 'SQLITE_CONSTRAINT_NOTNULL' }),
      1,
    ])
    expect(count()).toBe(2)
  })

  it('keeps exactly what it said it kept when the disk is full, and goes on once it is not', () => {
    db.pragma('max_page_count = 4')
    const long = 'x'.repeat(10_000)
    const results = write([INSERT, [1, 'a']], [INSERT, [2, long]], [INSERT, [3, long]])
    expect(results).toContainEqual(expect.objectContaining({ code: 'SQLITE_FULL' }))
    const kept = results.filter((result) => result === 1).length
    expect(count()).toBe(kept)
    db.pragma('max_page_count = 1000')
    expect(write([INSERT, [9, long]])).toEqual([1])
    expect(count()).toBe(kept + 1)
  })

  it('fails every write when the database is gone', () => {
    const writeBatch = createWriteBatch(db)
    db.close()
    const results = writeBatch([
      [INSERT, [1, 'a']],
      [INSERT, [2, 'b']],
    ])
    expect(results).toEqual([expect.objectContaining({ message: expect.any(String) as string }), expect.anything()])
  })
})
