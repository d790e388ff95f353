import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sandboxFiles } from '../../scripts/write-sandbox.ts'

const folder = resolve(import.meta.dirname, '../../data/sandbox')

describe('data/sandbox', () => {
  it.each([...sandboxFiles()])('holds %s as the region says', (path, content) => {
    expect(readFileSync(join(folder, path), 'utf8')).toBe(content)
  })
})
