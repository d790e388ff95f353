import { describe, expect, it } from 'vitest'
import { detectBackend } from './postgres-agent-queue.ts'

describe('detectBackend', () => {
  it.each([
    ['PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc', 'postgres'],
    ['CockroachDB CCL v25.2.1 (x86_64-pc-linux-gnu, built 2025/06/10 15:00:00, go1.23.7)', 'cockroachdb'],
    ['PostgreSQL 15.12-YB-2025.2.3.0-b1 on x86_64-pc-linux-gnu, compiled by clang version 17.0.6', 'yugabytedb'],
  ])('tells from %j that it is %s', (version, backend) => {
    expect(detectBackend(version)).toBe(backend)
  })
})
