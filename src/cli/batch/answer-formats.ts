import { presentProviders } from '../../http/providers/provider-presenter.ts'
import { presentGeocoding } from '../../http/sessions/place-presenter.ts'
import type { DescribeOffers } from '../../internet/describe-offers.ts'
import { technologyName } from '../../internet/technology.ts'
import { csvCell } from '../csv-cell.ts'
import type { RowAnswer } from './answer-address-row.ts'

/** How the answers to a list are written. */
export interface AnswerFormat {
  /** What stands before all answers. */
  readonly header: string
  /** One answer, with the ends of its lines. */
  render(answer: RowAnswer): string
}

export const ANSWER_FORMATS = ['jsonl', 'csv'] as const
export type AnswerFormatName = (typeof ANSWER_FORMATS)[number]

/** `describeOffers` is given where providers are asked for. */
export function answerFormat(name: AnswerFormatName, describeOffers: DescribeOffers | undefined): AnswerFormat {
  return name === 'csv' ? csvFormat(describeOffers) : jsonLinesFormat(describeOffers)
}

/** One JSON line an address. `place`, `candidates` or `reason` and `suggestions` come as in the API. */
function jsonLinesFormat(describeOffers: DescribeOffers | undefined): AnswerFormat {
  function present({ id, normalizedLine, geocoding, candidate, internet, microseconds }: RowAnswer): object {
    return {
      id,
      status: geocoding.outcome,
      normalized_line: normalizedLine,
      ...presentGeocoding(geocoding),
      ...(geocoding.outcome === 'multiple' && candidate && presentGeocoding({ outcome: 'matched', candidate })),
      ...(internet && describeOffers && { internet: presentProviders(internet, { describeOffers }) }),
      ...(internet?.outcome === 'failed' && { reason: internet.reason }),
      microseconds,
    }
  }
  return { header: '', render: (answer) => `${JSON.stringify(present(answer))}\n` }
}

const PLACE_COLUMNS = [
  'id',
  'status',
  'reason',
  'normalized_line',
  'latitude',
  'longitude',
  'precision',
  'uncertainty_meters',
  'block_geoid',
  'h3',
  'unit',
  'score',
]
const PROVIDER_COLUMNS = [
  'fcc_provider_id',
  'provider_name',
  'technology_code',
  'technology',
  'max_download_speed',
  'max_upload_speed',
  'residential',
  'business',
  'verdict',
  'share',
  'locations',
  'locations_in_area',
  'as_of_date',
  'revision',
  'min_plan_price_cents',
]

type Cell = string | number | boolean | undefined

/**
 * A table: one row an address, and where providers are asked for, one for each technology of each provider. Columns are
 * called as the members of the API, and an address without providers has a row too.
 */
function csvFormat(describeOffers: DescribeOffers | undefined): AnswerFormat {
  const columns = describeOffers === undefined ? PLACE_COLUMNS : [...PLACE_COLUMNS, ...PROVIDER_COLUMNS]
  const rowOf = (cells: readonly Cell[]): string => {
    const texts = cells.map((cell) => csvCell(String(cell ?? '')))
    return `${texts.join(',')}${','.repeat(columns.length - cells.length)}\n`
  }
  return {
    header: rowOf(columns),
    render: (answer) => {
      const place = placeCells(answer)
      const offerings = describeOffers === undefined ? [] : offeringCells(answer, describeOffers)
      return offerings.length === 0 ? rowOf(place) : offerings.map((cells) => rowOf([...place, ...cells])).join('')
    },
  }
}

function placeCells({ id, normalizedLine, geocoding, candidate, internet }: RowAnswer): Cell[] {
  const failed = geocoding.outcome === 'failed' ? geocoding : internet?.outcome === 'failed' ? internet : undefined
  const place = candidate?.place
  return [
    id,
    geocoding.outcome,
    failed?.reason,
    normalizedLine,
    place?.coordinates.latitude,
    place?.coordinates.longitude,
    place?.precision,
    place?.uncertaintyMeters,
    place?.blockGeoid,
    place?.h3,
    place?.unit,
    candidate?.score,
  ]
}

function offeringCells({ internet }: RowAnswer, describeOffers: DescribeOffers): Cell[][] {
  if (internet?.outcome !== 'matched') return []
  return describeOffers(internet).flatMap(({ provider: { providerId, displayName, offerings }, minPlanPriceCents }) =>
    offerings.map((offering) => [
      providerId,
      displayName,
      offering.technologyCode,
      technologyName(offering.technologyCode),
      offering.maxDownloadMbps,
      offering.maxUploadMbps,
      offering.residential,
      offering.business,
      offering.verdict,
      Math.round(offering.share * 10_000) / 10_000,
      offering.locations,
      internet.area.locations,
      offering.asOfDate,
      offering.revision,
      minPlanPriceCents,
    ]),
  )
}
