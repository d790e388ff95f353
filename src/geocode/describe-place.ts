import { cellToParent, latLngToCell } from 'h3-js'
import { findStateByCode, formatAddress } from '../address/index.ts'
import type { Street, StreetIndex } from '../dataset/streets/street-index.ts'
import { areaState, areaZip } from '../dataset/streets/street-tables.ts'
import type { Coordinates } from '../lib/coordinates.ts'
import type { Place } from './geocode-result.ts'
import type { PlacedNumber } from './place-number.ts'

const FCC_RESOLUTION = 8

/**
 * The H3 cell that the FCC files a location under: the resolution-8 parent of its resolution-9 cell, which for some
 * 6 % of places is another than the resolution-8 cell that the point itself lies in (BDC data specification, 3.1.1).
 */
function fccCell({ latitude, longitude }: Coordinates): string {
  return cellToParent(latLngToCell(latitude, longitude, FCC_RESOLUTION + 1), FCC_RESOLUTION)
}

/** How an answer writes what was asked. */
export interface AskedText {
  readonly numberText: string
  readonly unitText: string | undefined
  /** The asked city where it is one of the street's, by its name in the data. */
  readonly city: string | undefined
}

/** Everything that is told about a house number placed on a street. */
export function describePlace(index: StreetIndex, street: Street, placed: PlacedNumber, asked: AskedText): Place {
  const state = areaState(street.areaId)
  const zip = areaZip(street.areaId)
  const own = placed.cityId === null ? undefined : index.findCity(placed.cityId)
  const postal = zip === undefined ? undefined : index.findZipPlace(zip)?.city
  const city = placed.precision === 'point' ? (own ?? asked.city ?? postal) : (asked.city ?? postal ?? own)
  return {
    serviceAddress: formatAddress({
      primaryNumber: asked.numberText,
      predirectional: street.predirectional,
      pretype: street.pretype,
      streetName: street.name,
      suffix: street.suffix,
      postdirectional: street.postdirectional,
      unit: undefined,
      unitDesignator: asked.unitText,
      city,
      state,
      zip,
    }),
    coordinates: placed.coordinates,
    uncertaintyMeters: placed.uncertaintyMeters,
    precision: placed.precision,
    blockGeoid: placed.block === null ? undefined : String(placed.block).padStart(15, '0'),
    h3: fccCell(placed.coordinates),
    stateFips: findStateByCode(state)?.fips,
    unit: placed.unit,
    sourceIds: [placed.sourceId],
  }
}
