import { basename } from 'node:path'
import type { SetAside } from '../find-sources.ts'
import type { TigerLayer } from './find-tiger-layers.ts'

/** What one county is read from. */
export interface CountyLayers {
  readonly countyGeoid: string
  /** ADDRFEAT, or EDGES where there is no ADDRFEAT. */
  readonly ranges: TigerLayer
  /** Newest first; the first that has 2020 blocks counts. */
  readonly faces: readonly TigerLayer[]
}

export interface ChosenLayers {
  /** In the order of their GEOIDs, so that the counties of a state follow each other. */
  readonly counties: readonly CountyLayers[]
  /** State FIPS → places. */
  readonly places: ReadonlyMap<string, TigerLayer>
  readonly setAside: readonly SetAside[]
}

/**
 * Chooses the newest vintage of every layer and county. EDGES holds one name and range an edge where ADDRFEAT holds
 * them all, so it counts only for counties without ADDRFEAT of any year.
 */
export function chooseTigerLayers(layers: readonly TigerLayer[]): ChosenLayers {
  const setAside: SetAside[] = []
  const byKey = Map.groupBy(layers, ({ layer, code }) => `${layer} ${code}`)
  const newest = (key: string): TigerLayer | undefined => {
    const [first, ...older] = (byKey.get(key) ?? []).toSorted((a, b) => b.year - a.year)
    for (const layer of older) {
      const reason = layer.year === first?.year ? 'given twice' : `${first?.year} is read instead`
      setAside.push({ file: fileOf(layer), reason })
    }
    return first
  }
  const codes = [...new Set(layers.filter(({ layer }) => layer !== 'place').map(({ code }) => code))].sort()
  const counties: CountyLayers[] = []
  for (const code of codes) {
    const addrfeat = newest(`addrfeat ${code}`)
    const edges = newest(`edges ${code}`)
    const faces = (byKey.get(`faces ${code}`) ?? []).toSorted((a, b) => b.year - a.year)
    if (addrfeat && edges) setAside.push({ file: fileOf(edges), reason: 'ADDRFEAT of this county is read instead' })
    const ranges = addrfeat ?? edges
    if (ranges) counties.push({ countyGeoid: code, ranges, faces })
    else
      setAside.push(...faces.map((layer) => ({ file: fileOf(layer), reason: 'no ranges of this county were given' })))
  }
  const states = new Set(layers.filter(({ layer }) => layer === 'place').map(({ code }) => code))
  const places = new Map(
    [...states].sort().flatMap((code) => {
      const layer = newest(`place ${code}`)
      return layer ? [[code, layer] as const] : []
    }),
  )
  return { counties, places, setAside }
}

/** The name that the operator knows the layer by: the zip's, or the table's where it lies open. */
export function fileOf({ table }: TigerLayer): string {
  return basename(table.path)
}
