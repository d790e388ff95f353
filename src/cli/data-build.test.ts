import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withFolder } from '../../test/support/with-folder.ts'
import type { BuildReport } from '../ingest/build-data-set.ts'
import { dataBuildCommand } from './data-build.ts'
import { dataInfoCommand } from './data-info.ts'

const printed: string[] = []

beforeEach(() => {
  printed.length = 0
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

afterEach(() => vi.restoreAllMocks())

const build = (...args: string[]) =>
  dataBuildCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(args, { from: 'user' })
const info = (...args: string[]) => dataInfoCommand().parseAsync(args, { from: 'user' })

describe('hum data build', { timeout: 60_000 }, () => {
  it('reports each source with its counts, and hum data info says the same of the data set later', () =>
    withFolder(async (folder) => {
      await build('data/sandbox', '--sandbox', '--out', folder, '--json')
      const report = JSON.parse(printed.join('\n')) as BuildReport
      expect(report).toMatchObject({ isSandbox: true, path: join(folder, `hum-${report.version}.sqlite`) })

      printed.length = 0
      await info('--data', folder, '--json')
      const told = JSON.parse(printed.join('\n')) as BuildReport
      expect(told).toMatchObject({ version: report.version, contentHash: report.contentHash, rows: report.rows })
      const byId = (sources: BuildReport['sources']) => sources.toSorted((a, b) => a.sourceId - b.sourceId)
      expect(byId(told.sources)).toEqual(byId(report.sources))
    }))

  it('prints for people what was read, kept, left out and under which licence', () =>
    withFolder(async (folder) => {
      await build('--out', folder, '--tiger', 'data/sandbox/tiger', '--zips', 'data/sandbox/zip/US.txt')
      expect(printed.join('\n')).toMatch(/^US\.txt +zip places: \d+ rows read, \d+ kept$/m)
      expect(printed.join('\n')).toMatch(/^ +\d+ sides$/m)
      expect(printed.join('\n')).toMatch(/rows in [\d.]+ s, at most [\d,]+ MB of memory$/)

      printed.length = 0
      await info('--data', folder)
      expect(printed.join('\n')).toContain('  GeoNames (geonames.org): CC BY 4.0')
      expect(printed.join('\n')).toMatch(/^ {2}address_range +\d+$/m)
    }))

  it.each([
    [['--point-columns', 'colour=RED'], 'Give pairs such as number=HSE_NO'],
    [['--point-columns', 'number'], 'Give pairs such as number=HSE_NO'],
    [['--point-state', 'Atlantis'], 'Give a state such as ME.'],
  ])('refuses %j and says what it takes', async (args, message) => {
    await expect(build('--out', 'nowhere', ...args)).rejects.toThrow(message)
  })
})
