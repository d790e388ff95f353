import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCoverageWriter } from './coverage-writer.ts'
import { diffCoverage } from './diff-coverage.ts'
import type { CoverageChange } from './diff-coverage.ts'
import { summarizeDiff } from './diff-summary.ts'

/** One filing: in a block's hexagon, by a provider with a technology. */
interface Filing {
  readonly block: number
  readonly hexagon?: number
  readonly provider?: number
  readonly technology?: number
  readonly locations?: number
  readonly download?: number
  readonly upload?: number
}

const FIRST_BLOCK = 230_050_001_001_000n
const NO_SERVICE = { locations: 0, maxDownloadMbps: 0, maxUploadMbps: 0, lowLatency: false }

function load(filings: readonly Filing[]): { db: Database.Database } {
  const db = new Database(':memory:')
  const writer = createCoverageWriter(db)
  const full = filings.map((filing) => ({
    hexagon: 1,
    provider: 130_235,
    technology: 40,
    locations: 1,
    download: 100,
    upload: 10,
    ...filing,
  }))
  const cells = [...Map.groupBy(full, ({ block, hexagon }) => block * 10 + hexagon)].sort(([a], [b]) => a - b)
  for (const [index, [, inCell]] of cells.entries()) {
    const { block, hexagon } = inCell[0]!
    const blockGeoid = FIRST_BLOCK + BigInt(block)
    writer.addCell({ cellId: index + 1, blockGeoid, h3: BigInt(hexagon), locations: 9, blockLocations: 9 })
    for (const { provider, technology, locations, download, upload } of inCell) {
      const service = { locations, maxDownloadMbps: download, maxUploadMbps: upload, lowLatency: true }
      writer.addCoverage({
        cellId: index + 1,
        providerId: provider,
        technologyCode: technology,
        residential: service,
        business: NO_SERVICE,
        brandId: 1,
        sourceId: 1,
      })
    }
  }
  writer.finish()
  return { db }
}

const diff = (before: readonly Filing[], after: readonly Filing[]): CoverageChange[] => [
  ...diffCoverage(load(before), load(after), 'residential'),
]

const kinds = (before: readonly Filing[], after: readonly Filing[]) => diff(before, after).map(({ kind }) => kind)

describe('diffCoverage', () => {
  it.each([
    ['added', [], [{ block: 1 }]],
    ['gone', [{ block: 1 }], []],
    ['faster', [{ block: 1, download: 100 }], [{ block: 1, download: 300 }]],
    ['slower', [{ block: 1, download: 300 }], [{ block: 1, download: 100 }]],
    ['faster', [{ block: 1, upload: 10 }], [{ block: 1, upload: 20 }]],
    ['slower', [{ block: 1, download: 300, upload: 10 }], [{ block: 1, download: 100, upload: 100 }]],
    ['more_locations', [{ block: 1, locations: 3 }], [{ block: 1, locations: 4 }]],
    ['fewer_locations', [{ block: 1, locations: 4 }], [{ block: 1, locations: 3 }]],
    ['faster', [{ block: 1, locations: 4 }], [{ block: 1, locations: 3, upload: 11 }]],
    ['unchanged', [{ block: 1 }], [{ block: 1 }]],
  ] as const)('says %s', (kind, before, after) => {
    expect(kinds(before, after)).toEqual([kind])
  })

  it('adds up the hexagons of a block', () => {
    const before = [
      { block: 1, hexagon: 1, locations: 2 },
      { block: 1, hexagon: 2, locations: 3, download: 500 },
    ]
    expect(diff(before, [{ block: 1, locations: 5, download: 500 }])).toEqual([
      {
        blockGeoid: '230050001001001',
        providerId: 130_235,
        technologyCode: 40,
        kind: 'unchanged',
        before: { locations: 5, maxDownloadMbps: 500, maxUploadMbps: 10 },
        after: { locations: 5, maxDownloadMbps: 500, maxUploadMbps: 10 },
      },
    ])
  })

  it('does not take one technology or provider for another', () => {
    expect(kinds([{ block: 1, technology: 40 }], [{ block: 1, technology: 50 }])).toEqual(['gone', 'added'])
    expect(kinds([{ block: 1, provider: 1 }], [{ block: 1, provider: 2 }])).toEqual(['gone', 'added'])
  })

  it('leaves out what was not filed for the kind of customer', () => {
    expect([...diffCoverage(load([{ block: 1 }]), load([{ block: 2 }]), 'business')]).toEqual([])
  })

  it('finds what a full outer join of SQLite finds', () => {
    const filing = fc.record({
      block: fc.nat(5),
      hexagon: fc.integer({ min: 1, max: 2 }),
      provider: fc.integer({ min: 1, max: 2 }),
      technology: fc.constantFrom(10, 50),
      locations: fc.integer({ min: 1, max: 2 }),
      download: fc.constantFrom(100, 1000),
      upload: fc.constantFrom(10, 100),
    })
    const filings = fc.uniqueArray(filing, {
      selector: ({ block, hexagon, provider, technology }) => `${block} ${hexagon} ${provider} ${technology}`,
    })
    fc.assert(
      fc.property(filings, filings, (before, after) => {
        const counts = summarizeDiff(diff(before, after)).total
        expect(counts).toEqual(countByJoin(before, after))
      }),
      { numRuns: 60 },
    )
  })
})

function countByJoin(before: readonly Filing[], after: readonly Filing[]): Record<string, number> {
  const db = new Database(':memory:')
  for (const [name, filings] of [['a', before] as const, ['b', after] as const]) {
    db.exec(`CREATE TABLE ${name} (block, hexagon, provider, technology, locations, download, upload)`)
    const insert = db.prepare(
      `INSERT INTO ${name} VALUES (@block, @hexagon, @provider, @technology, @locations, @download, @upload)`,
    )
    for (const filing of filings) insert.run(filing)
  }
  const rows = db
    .prepare<[], { kind: string; count: number }>(
      `SELECT CASE WHEN x.n IS NULL THEN 'added' WHEN y.n IS NULL THEN 'gone'
         WHEN (y.d, y.u) > (x.d, x.u) THEN 'faster' WHEN (y.d, y.u) < (x.d, x.u) THEN 'slower'
         WHEN y.n > x.n THEN 'more_locations' WHEN y.n < x.n THEN 'fewer_locations' ELSE 'unchanged' END AS kind,
         count(*) AS count
       FROM ${grouped('a')} x FULL OUTER JOIN ${grouped('b')} y USING (block, provider, technology) GROUP BY kind`,
    )
    .all()
  const nothing = { added: 0, gone: 0, faster: 0, slower: 0, more_locations: 0, fewer_locations: 0, unchanged: 0 }
  return { ...nothing, ...Object.fromEntries(rows.map(({ kind, count }) => [kind, count])) }
}

const grouped = (name: string) =>
  `(SELECT block, provider, technology, sum(locations) AS n, max(download) AS d, max(upload) AS u FROM ${name} GROUP BY 1, 2, 3)`

describe('summarizeDiff', () => {
  it('puts the most changed providers first and leaves out those without change', () => {
    const before = [
      { block: 1, provider: 1 },
      { block: 1, provider: 3 },
    ]
    const after = [
      { block: 1, provider: 1 },
      { block: 1, provider: 2 },
      { block: 2, provider: 2 },
    ]
    const seen: string[] = []
    const { providers } = summarizeDiff(diff(before, after), ({ kind }) => void seen.push(kind))
    expect([...providers.keys()]).toEqual([2, 3])
    expect(providers.get(2)).toMatchObject({ added: 2, unchanged: 0 })
    expect(seen).toEqual(['added', 'gone', 'added'])
  })
})
