import { dirname } from 'node:path'
import type { SourceFile } from '../files/source-file.ts'

export type TigerLayerName = 'addrfeat' | 'edges' | 'faces' | 'place'

/** One layer of one county (or state, for places) and year, with the files that make it up. */
export interface TigerLayer {
  readonly layer: TigerLayerName
  readonly year: number
  /** County GEOID (5 digits); state FIPS (2 digits) for places. The files hold it nowhere but in their names. */
  readonly code: string
  /** The DBF, or a table of text with the same columns. */
  readonly table: SourceFile
  /** The lines, where the table is a DBF and the layer has lines. */
  readonly shape?: SourceFile | undefined
  /** The `.cpg` that names the table's encoding. */
  readonly encoding?: SourceFile | undefined
}

const NAME =
  /^tl_(\d{4})_(\d{5}|\d{2})_(addrfeat|edges|faces|place)\.(dbf|csv|shp|cpg|shx|prj|cst|shp\.\S*xml|iso\.xml)$/i

/**
 * Picks the TIGER layers out of a list of files, by the names that the Census Bureau gives them.
 *
 * @returns the layers in the order of layer, code and year, newest first; and the files that are none. Companions of a
 *   layer (`.prj`, `.shx`, metadata) are in neither list, `.shp` without a `.dbf` counts as unrecognized.
 */
export function findTigerLayers(files: readonly SourceFile[]): { layers: TigerLayer[]; others: SourceFile[] } {
  const groups = new Map<string, Map<string, SourceFile>>()
  const others: SourceFile[] = []
  for (const file of files) {
    const match = NAME.exec(file.name)
    const [, year = '', code = '', layer = '', extension = ''] = match ?? []
    if (!match || (layer.toLowerCase() === 'place') !== (code.length === 2)) {
      others.push(file)
      continue
    }
    const folder = file.member === undefined ? dirname(file.path) : `${file.path}/${dirname(file.member)}`
    const key = `${layer.toLowerCase()}/${code}/${year}/${folder}`
    const group = groups.get(key) ?? new Map<string, SourceFile>()
    groups.set(key, group.set(extension.toLowerCase(), file))
  }
  const layers: TigerLayer[] = []
  for (const [key, group] of groups) {
    const [layer, code = '', year] = key.split('/')
    const table = group.get('dbf') ?? group.get('csv')
    if (table) {
      layers.push({
        layer: layer as TigerLayerName,
        year: Number(year),
        code,
        table,
        shape: group.get('shp'),
        encoding: group.get('cpg'),
      })
    } else {
      const shape = group.get('shp')
      if (shape) others.push(shape)
    }
  }
  return { layers: layers.sort(byLayerCodeNewest), others }
}

function byLayerCodeNewest(a: TigerLayer, b: TigerLayer): number {
  if (a.layer !== b.layer) return a.layer < b.layer ? -1 : 1
  if (a.code !== b.code) return a.code < b.code ? -1 : 1
  if (a.year !== b.year) return b.year - a.year
  return a.table.path < b.table.path ? -1 : 1
}
