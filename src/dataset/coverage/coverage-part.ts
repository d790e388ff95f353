import type Database from 'better-sqlite3'

/** Puts coverage that was counted state by state together. */
export interface CoverageGatherer {
  /**
   * Adds a database file with the tables of `createCoverageWriter` and `createProviderWriter`, whose cells, profiles and
   * brands count from 1. `sourceIds` are the ids of its sources, by the numbers they have in it. Parts come in the order
   * of blocks; what an earlier one says of a provider or a point stays.
   */
  addPart(file: string, sourceIds: readonly number[]): void
}

const TAKE_OVER = [
  `INSERT INTO cell SELECT cell_id + @cells, block_geoid, h3, locations, block_locations FROM part.cell ORDER BY cell_id`,
  `INSERT INTO coverage
    SELECT iif(cell_id > 0, cell_id + @cells, cell_id - @profiles), c.provider_id, technology,
      residential_locations, residential_download, residential_upload, residential_low_latency,
      business_locations, business_download, business_upload, business_low_latency, b.brand_id, s.source_id
    FROM part.coverage c CROSS JOIN temp.brand_of b ON b.part_id = c.brand_id
      CROSS JOIN temp.source_of s ON s.part_id = c.source_id
    ORDER BY c.cell_id, c.provider_id, technology`,
  `INSERT OR IGNORE INTO location_point
    SELECT latitude, longitude, locations, iif(profile_id = 0, 0, profile_id + @profiles) FROM part.location_point
    ORDER BY latitude, longitude`,
  `INSERT OR IGNORE INTO provider SELECT * FROM part.provider ORDER BY provider_id`,
  `INSERT OR IGNORE INTO provider_frn SELECT * FROM part.provider_frn ORDER BY frn`,
]

/** Opens a gatherer on the data set's tables, which must be there. */
export function openCoverageGatherer(db: Database.Database): CoverageGatherer {
  db.exec(`
    CREATE TEMP TABLE brand_of (part_id INTEGER PRIMARY KEY, brand_id INTEGER NOT NULL);
    CREATE TEMP TABLE source_of (part_id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL);
  `)
  const brandIds = new Map<string, number>()
  const insertBrand = db.prepare('INSERT INTO brand VALUES (?, ?, ?)')
  const insertBrandOf = db.prepare('INSERT INTO temp.brand_of VALUES (?, ?)')
  const insertSourceOf = db.prepare('INSERT INTO temp.source_of VALUES (?, ?)')
  const lastCell = db.prepare<[], number>('SELECT coalesce(max(cell_id), 0) FROM cell').pluck()
  const lastProfile = db.prepare<[], number>('SELECT -min(0, coalesce(min(cell_id), 0)) FROM coverage').pluck()

  function brandIdOf(providerId: number, name: string): number {
    const key = `${providerId} ${name}`
    let id = brandIds.get(key)
    if (id === undefined) {
      id = brandIds.size + 1
      brandIds.set(key, id)
      insertBrand.run(id, providerId, name)
    }
    return id
  }

  function takeOver(sourceIds: readonly number[]): void {
    db.exec('DELETE FROM temp.brand_of; DELETE FROM temp.source_of')
    const brands = db.prepare<[], { brand_id: number; provider_id: number; name: string }>(
      'SELECT * FROM part.brand ORDER BY brand_id',
    )
    for (const { brand_id: id, provider_id: provider, name } of brands.all()) {
      insertBrandOf.run(id, brandIdOf(provider, name))
    }
    for (const [index, sourceId] of sourceIds.entries()) insertSourceOf.run(index, sourceId)
    const offsets = { cells: lastCell.get() ?? 0, profiles: lastProfile.get() ?? 0 }
    for (const sql of TAKE_OVER) {
      const statement = db.prepare(sql)
      if (sql.includes('@')) statement.run(offsets)
      else statement.run()
    }
  }

  return {
    addPart: (file, sourceIds) => {
      db.prepare('ATTACH ? AS part').run(file)
      db.transaction(takeOver)(sourceIds)
      db.exec('DETACH part')
    },
  }
}
