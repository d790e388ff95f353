import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTestApp } from '../support/test-app.ts'

const root = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

describe('the README', () => {
  // It builds the sandbox, which takes long where other work runs beside.
  it('shows what its curl is answered', { timeout: 120_000 }, async () => {
    const body = /-d '(\{.*\})'/.exec(readme)?.[1]
    const shown = /```json\n([\s\S]*?)\n```/.exec(readme)?.[1]
    const test = await openTestApp()
    try {
      const answer = await test.ask('POST', '/sessions', {
        payload: body,
        headers: { 'content-type': 'application/json' },
      })
      expect(answer.statusCode).toBe(201)
      expectPart(answer.json(), JSON.parse(shown ?? ''))
    } finally {
      await test.close()
    }
  })

  it('names settings that exist, with their defaults', () => {
    const example = readFileSync(join(root, '.env.example'), 'utf8')
    const settings = [...readme.matchAll(/^\| `(HUM_\w+)` \| (.*?) \|/gm)]
    expect(settings.length).toBeGreaterThan(5)
    for (const [, name, value] of settings) {
      const line = example.match(new RegExp(`^(# )?${name}=(.*)$`, 'm'))
      expect(line, name).not.toBeNull()
      if (line?.[1] === undefined) expect(value).toBe(`\`${line?.[2]}\``)
    }
  })

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? '')
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

/** Expects every member shown, and of a list its first items, in the whole answer. */
function expectPart(whole: unknown, part: unknown, at = 'answer'): void {
  if (typeof part !== 'object' || part === null) {
    expect(whole, at).toEqual(part)
    return
  }
  for (const [name, value] of Object.entries(part)) {
    expectPart((whole as Record<string, unknown>)[name], value, `${at}.${name}`)
  }
}
