import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { listSourceFiles } from '../../src/ingest/files/source-file.ts'

/** A location as the raw files tell it: where it is, and what was filed for homes there. */
export interface FiledLocation {
  readonly blockGeoid: string
  readonly h3: string
  /** `<provider id> <technology code>` of each residential filing. */
  readonly claims: Set<string>
}

/** Column names of the first release and of today. */
const COLUMNS = {
  provider: ['provider_id'],
  location: ['location_id'],
  technology: ['technology', 'technology_code'],
  code: ['business_residential_code'],
  block: ['block_geoid', 'block_fips'],
  h3: ['h3_res8_id', 'h3index_hex8'],
}

/**
 * Reads raw availability files into locations, in the order of their first row.
 *
 * Shares nothing with the product's own reading but the unzipping: it is what the product is measured against.
 */
export async function readFilings(folder: string, wanted: RegExp): Promise<FiledLocation[]> {
  const locations = new Map<string, FiledLocation>()
  for (const file of await listSourceFiles(folder)) {
    if (!wanted.test(file.name)) continue
    const [header = '', ...lines] = (await text(await file.open())).split('\n')
    const names = header.trim().split(',')
    const column = (known: readonly string[]) => names.findIndex((name) => known.includes(name))
    const at = {
      provider: column(COLUMNS.provider),
      location: column(COLUMNS.location),
      technology: column(COLUMNS.technology),
      code: column(COLUMNS.code),
      block: column(COLUMNS.block),
      h3: column(COLUMNS.h3),
    }
    for (const line of lines) {
      if (line === '') continue
      const fields = line.includes('"') ? (parse(line)[0] as string[]) : line.trimEnd().split(',')
      const field = (index: number) => fields[index] ?? ''
      const id = field(at.location)
      let location = locations.get(id)
      if (!location) {
        location = { blockGeoid: field(at.block), h3: field(at.h3), claims: new Set() }
        locations.set(id, location)
      }
      if (field(at.code) !== 'B') location.claims.add(`${field(at.provider)} ${field(at.technology)}`)
    }
  }
  return [...locations.values()]
}
