import readWorkbook from 'read-excel-file/node'
import { AppError } from '../../lib/errors.ts'

/** The cells of one sheet as text, row by row; cells that the file leaves out are empty. */
export interface Sheet {
  readonly name: string
  readonly cells: readonly (readonly string[])[]
}

/**
 * Reads the sheets of an Excel workbook: text, numbers as typed, dates as `2026-10-01`, TRUE and FALSE as `Yes` and
 * `No`, and the stored results of formulas. Errors are empty. Formats are not applied, so that 6.5 % is `0.065`.
 *
 * @throws AppError `source_unreadable` when the workbook is damaged, or none.
 */
export async function readXlsx(workbook: Buffer, name: string): Promise<Sheet[]> {
  try {
    const sheets = await readWorkbook(workbook, { parseNumber: (digits) => digits })
    return sheets.map(({ sheet, data }) => ({ name: sheet, cells: data.map((row) => row.map(cellText)) }))
  } catch (error) {
    throw new AppError('source_unreadable', `${name} is a damaged workbook. Fetch it again, or save it as CSV.`, {
      cause: error,
    })
  }
}

function cellText(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No'
  return typeof cell === 'string' ? cell : ''
}
