import { describe, expect, it } from 'vitest'
import { hasPostgres, startPostgres } from '../../test/support/postgres.ts'
import { detectBackend, postgresAgentQueue } from './postgres-agent-queue.ts'

describe('detectBackend', () => {
  it.each([
    ['PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc', 'postgres'],
    ['CockroachDB CCL v25.2.1 (x86_64-pc-linux-gnu, built 2025/06/10 15:00:00, go1.23.7)', 'cockroachdb'],
    ['PostgreSQL 15.12-YB-2025.2.3.0-b1 on x86_64-pc-linux-gnu, compiled by clang version 17.0.6', 'yugabytedb'],
  ])('tells from %j that it is %s', (version, backend) => {
    expect(detectBackend(version)).toBe(backend)
  })
})

describe.skipIf(!hasPostgres)('the queue of agent work', () => {
  it('waits no longer than a while for a server that answers nothing, and goes on when it does', async () => {
    const server = await startPostgres()
    const queue = postgresAgentQueue({
      url: await server.createDatabase('paused'),
      version: 'PostgreSQL',
      takeOverMs: 1000,
    })
    try {
      await queue.prepare()
      await server.pause()
      await expect(queue.remove('token')).rejects.toThrow('timeout')
      await server.resume()
      await expect.poll(() => queue.remove('token').then(() => 'removed', String), { timeout: 60_000 }).toBe('removed')
    } finally {
      await queue.stop()
      await server.destroy()
    }
  }, 180_000)
})
