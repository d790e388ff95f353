import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

describe('GET /logos/{id}.svg', () => {
  let test: TestApp
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hum-logos-'))
    writeFileSync(join(folder, '900002.png'), 'own')
    test = await openTestApp({ logos: folder })
  })

  afterAll(async () => {
    await test.close()
    rmSync(folder, { recursive: true })
  })

  const get = (path: string) => test.ask('GET', path, { headers: { authorization: '' } })

  it('draws a monogram of the name, without a token', async () => {
    const answer = await get('/logos/900001.svg')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'content-type': 'image/svg+xml', 'x-content-type-options': 'nosniff' })
    expect(answer.body).toContain('<title>Motor City Fiber</title>')
  })

  it('gives the operator’s own file where there is one', async () => {
    const answer = await get('/logos/900002.svg')
    expect(answer.headers['content-type']).toBe('image/png')
    expect(answer.body).toBe('own')
  })

  it.each(['/logos/1.svg', '/logos/..%2Fsecret.svg', '/logos/900001.exe', '/logos/'])(
    'has nothing at %s',
    async (path) => {
      expect((await get(path)).statusCode).toBe(404)
    },
  )
})
