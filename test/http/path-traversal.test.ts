import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendRaw } from '../support/raw-connection.ts'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const ROOTS = ['/assets/x/', '/assets/', '/logos/', '/docs/', '/docs/static/', '/go/', '/']
const STEPS = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '..\\', '....//', '%252e%252e%252f', './/../', '..;/']
const TARGETS = ['package.json', '.env.example', 'src/cli/main.ts', 'etc/passwd', '1.svg', '1.svg%00.png']

describe('a path that climbs out of its folder', () => {
  let folder: string
  let test: TestApp

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hum-logos-'))
    const logos = join(folder, 'logos')
    mkdirSync(logos)
    writeFileSync(join(folder, '1.svg'), 'beside the logos')
    test = await openTestApp({ logos })
  })

  afterAll(async () => {
    await test.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(ROOTS)('leads to no file from %s', async (root) => {
    const paths = STEPS.flatMap((step) =>
      [1, 2, 3, 6].flatMap((depth) => TARGETS.map((target) => root + step.repeat(depth) + target)),
    )
    const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join('')
    const received = await sendRaw(test, `${requests}GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    const statuses = received.match(/HTTP\/1\.1 \d+/g) ?? []
    expect(statuses).toHaveLength(paths.length + 1)
    for (const status of statuses.slice(0, -1)) expect(status).toMatch(/ 40[04]$/)
    for (const secret of ['beside the logos', '"devDependencies"', 'HUM_STATE', 'root:', 'commander'])
      expect(received).not.toContain(secret)
  })
})
