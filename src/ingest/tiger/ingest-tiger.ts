import { findStateByFips, standardizeStreet } from '../../address/index.ts'
import type { SourceEntry } from '../../dataset/manifest.ts'
import type { SourceKind } from '../../dataset/source.ts'
import type { AddressRangeRecord } from '../../dataset/street-records.ts'
import { AppError } from '../../lib/errors.ts'
import { sha256File } from '../../lib/sha256-file.ts'
import type { SetAside } from '../find-sources.ts'
import type { RowCounts } from '../row-tally.ts'
import { chooseTigerLayers, fileOf } from './choose-tiger-layers.ts'
import type { CountyLayers } from './choose-tiger-layers.ts'
import type { TigerLayer } from './find-tiger-layers.ts'
import { ingestRanges } from './ingest-ranges.ts'
import { readFaces } from './read-faces.ts'
import type { Face } from './read-faces.ts'
import { readPlaces } from './read-places.ts'

export interface TigerIngest {
  readonly nextSourceId: () => number
  readonly addRange: (record: AddressRangeRecord) => boolean
  readonly report: (line: string) => void
}

/**
 * Reads counties one after the other, holding the faces of one county and the places of one state at a time.
 *
 * @throws AppError `source_unreadable` for a damaged file and for a county of a state that there is none of.
 */
export async function ingestTiger(
  layers: readonly TigerLayer[],
  needs: TigerIngest,
): Promise<{ entries: SourceEntry[]; setAside: SetAside[] }> {
  const { counties, places: placeLayers, setAside: unread } = chooseTigerLayers(layers)
  const setAside = [...unread]
  const entries: SourceEntry[] = []
  let places: { stateFips: string; names: ReadonlyMap<string, string> } | undefined
  for (const [index, county] of counties.entries()) {
    needs.report(`TIGER county ${county.countyGeoid} (${index + 1} of ${counties.length})`)
    const stateFips = county.countyGeoid.slice(0, 2)
    if (places?.stateFips !== stateFips) {
      const layer = placeLayers.get(stateFips)
      const read = layer && (await readPlaces(layer))
      places = { stateFips, names: read?.places ?? new Map() }
      if (layer && read) entries.push(await entryOf(layer, needs.nextSourceId(), read.counts))
    }
    const faces = await readCountyFaces(county, entries, setAside, needs)
    const state = findStateByFips(stateFips)?.code
    if (state === undefined) {
      throw new AppError('source_unreadable', `${fileOf(county.ranges)} is named for a state that there is none of.`)
    }
    const sourceId = needs.nextSourceId()
    const { addRange } = needs
    const counted = await ingestRanges(county.ranges, {
      sourceId,
      state,
      faces,
      places: places.names,
      standardizeStreet,
      addRange,
    })
    const { sides, sidesWithoutBlock, sidesWithoutZip, ...counts } = counted
    entries.push({
      ...(await entryOf(county.ranges, sourceId, counts)),
      details: { sides, sides_without_block: sidesWithoutBlock, sides_without_zip: sidesWithoutZip },
    })
  }
  const read = new Set(counties.map(({ countyGeoid }) => countyGeoid.slice(0, 2)))
  for (const [stateFips, layer] of placeLayers) {
    if (!read.has(stateFips)) setAside.push({ file: fileOf(layer), reason: 'no ranges of this state were given' })
  }
  return { entries, setAside }
}

async function readCountyFaces(
  { faces: layers }: CountyLayers,
  entries: SourceEntry[],
  setAside: SetAside[],
  needs: TigerIngest,
): Promise<ReadonlyMap<number, Face>> {
  let chosen: Map<number, Face> | undefined
  for (const layer of layers) {
    if (chosen) {
      setAside.push({ file: fileOf(layer), reason: 'a newer year is read instead' })
      continue
    }
    const read = await readFaces(layer)
    if (read) {
      chosen = read.faces
      entries.push(await entryOf(layer, needs.nextSourceId(), read.counts))
    } else {
      setAside.push({ file: fileOf(layer), reason: 'it has no 2020 blocks, which FCC filings are made by' })
    }
  }
  return chosen ?? new Map()
}

async function entryOf(layer: TigerLayer, sourceId: number, counts: RowCounts): Promise<SourceEntry> {
  const files = [layer.table.path, ...(layer.shape && layer.shape.path !== layer.table.path ? [layer.shape.path] : [])]
  return {
    sourceId,
    kind: `tiger_${layer.layer}` satisfies SourceKind,
    file: fileOf(layer),
    vintage: String(layer.year),
    licence: 'Public domain (US government work)',
    attribution: 'U.S. Census Bureau, TIGER/Line',
    sha256: await sha256File(...files),
    ...counts,
  }
}
