import type { Plan, StatedRange } from '../../dataset/plans/plan.ts'
import type { LabelCells } from './label-cells.ts'
import type { LabelField } from './label-field.ts'
import type { LabelColumns } from './map-columns.ts'
import type { LabelTable } from './label-table.ts'
import { columnUnit, findSpeedUnit, parseFigure, splitSpeeds, toMbps } from './parse-speed.ts'
import type { FigureText, SpeedUnit } from './parse-speed.ts'
import type { RejectionReason } from './rejection-reason.ts'

type Speeds = Pick<Plan, 'downloadMbps' | 'uploadMbps' | 'latencyMs'>

/** The unit of each column of speeds, told from its header and everything in it. */
export interface SpeedUnits {
  readonly download: SpeedUnit
  readonly upload: SpeedUnit
  /** The header names no unit, and the figures are too large for Mbps. */
  readonly isGuessed: boolean
}

const MOST_MBPS = 100_000

/** Tells the units of a table's speeds. Both directions of one file are in the same unit where no header names one. */
export function findSpeedUnits(table: LabelTable, columns: LabelColumns): SpeedUnits {
  const look = (field: LabelField): { header: string; figures: FigureText[] } => {
    const [column] = columns.get(field) ?? []
    const figures = column ? table.rows.flatMap(({ cells }) => parseFigure(cells[column.at] ?? '') ?? []) : []
    return { header: column?.header ?? '', figures }
  }
  const download = look('download')
  const upload = look('upload')
  const figures = [...download.figures, ...upload.figures]
  return {
    download: columnUnit(download.header, figures),
    upload: columnUnit(upload.header, figures),
    isGuessed: findSpeedUnit(download.header) === undefined && columnUnit('', figures) === 'kbps',
  }
}

/**
 * Reads the typical speeds and latency of a label, wherever their units stand. Both directions may stand in one cell,
 * of their own or that of the download.
 */
export function readSpeeds(cells: LabelCells, units: SpeedUnits, notes: string[]): Speeds | RejectionReason {
  const both = splitSpeeds(cells.first('speeds')) ?? splitUnreadable(cells.first('download'))
  const download = readSpeed(cells, 'download', both?.download ?? '', units.download, notes)
  const upload = readSpeed(cells, 'upload', both?.upload ?? '', units.upload, notes)
  if ((download?.high ?? 0) > MOST_MBPS || (upload?.high ?? 0) > MOST_MBPS) return 'speed_implausible'
  if (units.isGuessed && (download ?? upload)) notes.push('No unit of speed is named; the figures were taken for kbps.')
  const latency = rangeOf(parseFigure(cells.first('latency')), parseFigure(cells.first('latencyHigh')))
  return {
    ...(download ? { downloadMbps: download } : {}),
    ...(upload ? { uploadMbps: upload } : {}),
    ...(latency && latency.high > 0 ? { latencyMs: { low: latency.low, high: latency.high } } : {}),
  }
}

function splitUnreadable(download: string): ReturnType<typeof splitSpeeds> {
  return parseFigure(download) && !/symmetric/i.test(download) ? undefined : splitSpeeds(download)
}

function readSpeed(
  cells: LabelCells,
  field: 'download' | 'upload',
  elsewhere: string,
  columnUnitName: SpeedUnit,
  notes: string[],
): StatedRange | undefined {
  const unit = findSpeedUnit(cells.first(`${field}Unit`)) ?? columnUnitName
  const low = parseFigure(cells.first(field)) ?? parseFigure(elsewhere)
  const figure = rangeOf(low, parseFigure(cells.first(`${field}High`)))
  const read = figure && toMbps(figure, unit)
  if (read?.isColumnUnitSetAside) notes.push(`The ${field} speed stands in a column of kbps and was taken for Mbps.`)
  return read?.speed
}

function rangeOf(low: FigureText | undefined, high: FigureText | undefined): FigureText | undefined {
  if (!low || !high) return low ?? high
  return { ...low, low: Math.min(low.low, high.low), high: Math.max(low.high, high.high) }
}
