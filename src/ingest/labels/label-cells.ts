import type { LabelField } from './label-field.ts'
import type { LabelColumns } from './map-columns.ts'

/** The cells of a row by field. */
export interface LabelCells {
  /** The first cell of the field that is not blank; blank where there is none. */
  first(field: LabelField): string
  /** Every cell of the field with its header, blank ones too. */
  all(field: LabelField): readonly { readonly header: string; readonly cell: string }[]
}

/** The cells of a row under the columns of its table. */
export function labelCells(columns: LabelColumns, cells: readonly string[]): LabelCells {
  const all: LabelCells['all'] = (field) =>
    (columns.get(field) ?? []).map(({ header, at }) => ({ header, cell: cells[at] ?? '' }))
  return { all, first: (field) => all(field).find(({ cell }) => cell !== '')?.cell ?? '' }
}
