import { openCsv } from '../files/read-csv.ts'
import { readLines } from '../files/read-lines.ts'
import type { SourceFile } from '../files/source-file.ts'
import { findPointPositions } from './point-columns.ts'
import type { PointColumns, PointField, PointPositions } from './point-columns.ts'

/** One address as its file gives it; a field that the row does not fill is blank. */
export type PointRow = (field: PointField) => string

/** A row, or the reason why it could not be read. */
export type PointRowResult = { readonly row: PointRow } | { readonly fault: string }

/** An address file whose columns have been found. */
export interface PointFile {
  rows(): AsyncGenerator<PointRowResult[]>
}

/**
 * Opens an address file: a table of text with named columns (OpenAddresses, NAD, county exports) or GeoJSON with one
 * feature a line (OpenAddresses).
 *
 * @returns in words what is lacking, when the file is of another kind.
 */
export async function openPointFile(file: SourceFile, columns: PointColumns): Promise<PointFile | string> {
  if (/\.(geojson|geojsonl|ndjson|json)$/i.test(file.name)) return { rows: () => readFeatures(file, columns) }
  if (!/\.(csv|tsv|txt)$/i.test(file.name)) return 'not a CSV, text or GeoJSON file'
  const stream = await file.open()
  const csv = await openCsv(stream, file.name)
  const positions = findPointPositions(columns, csv.columns)
  if (typeof positions === 'string') {
    stream.destroy()
    return positions
  }
  return {
    async *rows() {
      for await (const rows of csv.rows()) {
        yield rows.map((cells) => {
          if (!cells) return { fault: 'quote_never_closes' }
          if (cells.length !== csv.columns.length) return { fault: 'wrong_number_of_cells' }
          return { row: rowOf(positions, (position) => cells[position]) }
        })
      }
    },
  }
}

function rowOf(positions: PointPositions, cell: (position: number) => string | undefined): PointRow {
  return (field) => {
    for (const position of positions[field]) {
      const text = cell(position)?.trim() ?? ''
      if (text !== '') return text
    }
    return ''
  }
}

/** Lines that only open or close the collection around the features. */
const WRAPPER = /^(\{?\s*"(type|name|crs|features|generator|bbox)"\s*:[^]*[[,]|[\]}{[\s,]*)$/

async function* readFeatures(file: SourceFile, columns: PointColumns): AsyncGenerator<PointRowResult[]> {
  const layouts = new Map<string, PointPositions | string>()
  for await (const lines of readLines(await file.open(), file.name)) {
    const results: PointRowResult[] = []
    for (const line of lines) {
      const text = line.trim().replace(/,$/, '')
      const feature = parseFeature(text)
      if (!feature) {
        if (!WRAPPER.test(line.trim())) results.push({ fault: 'unreadable_row' })
        continue
      }
      const header = ['longitude', 'latitude', ...Object.keys(feature.properties).map((key) => key.toLowerCase())]
      const layout = header.join('\n')
      let positions = layouts.get(layout)
      if (!positions) layouts.set(layout, (positions = findPointPositions(columns, header)))
      if (typeof positions === 'string') {
        results.push({ fault: positions.replaceAll(' ', '_') })
        continue
      }
      const cells = [...feature.coordinates, ...Object.values(feature.properties)]
      results.push({
        row: rowOf(positions, (position) => {
          const value = cells[position]
          return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
        }),
      })
    }
    yield results
  }
}

interface Feature {
  readonly coordinates: readonly unknown[]
  readonly properties: Readonly<Record<string, unknown>>
}

function parseFeature(text: string): Feature | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    const value = JSON.parse(text) as {
      properties?: Record<string, unknown> | null
      geometry?: { type?: unknown; coordinates?: unknown } | null
    }
    if (!value.properties || typeof value.properties !== 'object') return undefined
    const { type, coordinates } = value.geometry ?? {}
    const [longitude, latitude] = type === 'Point' && Array.isArray(coordinates) ? (coordinates as unknown[]) : []
    return { coordinates: [longitude, latitude], properties: value.properties }
  } catch {
    return undefined
  }
}
