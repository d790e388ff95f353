/** Kinds of public files that a data set is built from. */
export type SourceKind =
  | 'tiger_addrfeat'
  | 'tiger_edges'
  | 'tiger_faces'
  | 'tiger_place'
  | 'address_points'
  | 'bdc_availability'
  | 'bdc_providers'
  | 'broadband_labels'
  | 'fabric_locations'
  | 'zip_places'

/**
 * One file that facts came from. Every fact in the data set carries the id of its source.
 *
 * `file` is the file's bare name, never a path. Dates are ISO 8601 (`2022-06-30`).
 */
export interface Source {
  readonly sourceId: number
  readonly kind: SourceKind
  readonly file: string
  /** TIGER year, or the as-of date of a filing. */
  readonly vintage?: string | undefined
  /** Publication date of an FCC revision. */
  readonly revision?: string | undefined
  readonly licence: string
  readonly attribution: string
  readonly retrievedOn?: string | undefined
  readonly sha256: string
  readonly rowsRead: number
  readonly rowsKept: number
  /** Reason → rows left out for it; the sum is `rowsRead - rowsKept`. */
  readonly rejected: Readonly<Record<string, number>>
}
