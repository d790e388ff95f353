import type { StandardizedParts } from '../../address/index.ts'
import { technologyName } from '../technology.ts'
import { QualificationError } from './qualification.ts'
import type { QualificationApi, QualificationResult } from './qualification.ts'

/** Where a provider's qualification service is, and how to ask it. */
export interface Tmf645Endpoint {
  /** How answers name the service. */
  readonly source: string
  /** The address of its `checkServiceQualification` resource. */
  readonly url: string
  /** What it wants to be sent along, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly timeoutMs: number
}

interface CheckedItem {
  readonly id?: unknown
  readonly qualificationItemResult?: unknown
}

const RESULTS: Readonly<Record<string, QualificationResult>> = { qualified: 'confirmed', unqualified: 'refused' }

/**
 * A provider's service in the shape of TM Forum's Service Qualification Management API (TMF645 v4): one
 * `checkServiceQualification`, answered at once, with an item for each technology.
 *
 * `qualified` and `unqualified` count; `alternate`, anything else and items that are not done count as no answer.
 */
export function createTmf645Api({ source, url, headers, timeoutMs }: Tmf645Endpoint): QualificationApi {
  return {
    source,
    ask: async ({ address, technologyCodes }, signal) => {
      const body = JSON.stringify({
        '@type': 'CheckServiceQualification',
        instantSyncQualification: true,
        serviceQualificationItem: technologyCodes.map((code) => toItem(code, address)),
      })
      let response: Response
      let text: string
      try {
        response = await fetch(url, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
          body,
          redirect: 'error',
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        })
        text = await response.text()
      } catch (error) {
        signal.throwIfAborted()
        throw new QualificationError(`${source} gave no answer.`, { cause: error })
      }
      if (!response.ok) {
        const retryAfterMs = readRetryAfter(response.headers.get('retry-after'))
        throw new QualificationError(`${source} answered ${response.status}.`, { retryAfterMs })
      }
      return readResults(text, source)
    },
  }
}

/** The place is a `GeographicAddress` of TMF673. */
function toItem(technologyCode: number, address: StandardizedParts): object {
  const { primaryNumber, predirectional, pretype, streetName, suffix, postdirectional } = address
  const { unitDesignator, unit, city, state, zip } = address
  return {
    id: String(technologyCode),
    service: {
      serviceCharacteristic: [
        { name: 'technologyCode', value: String(technologyCode) },
        { name: 'technology', value: technologyName(technologyCode) },
      ],
      place: [
        {
          '@type': 'GeographicAddress',
          role: 'InstallationAddress',
          streetNr: primaryNumber,
          streetName: [predirectional, pretype, streetName].filter((part) => part !== undefined).join(' '),
          streetType: suffix,
          streetSuffix: postdirectional,
          ...(unit !== undefined && { geographicSubAddress: [{ subUnitType: unitDesignator, subUnitNumber: unit }] }),
          city,
          stateOrProvince: state,
          postcode: zip,
          country: 'US',
        },
      ],
    },
  }
}

function readResults(text: string, source: string): ReadonlyMap<number, QualificationResult> {
  let answer: { readonly serviceQualificationItem?: unknown } | null
  try {
    answer = JSON.parse(text) as typeof answer
  } catch (error) {
    throw new QualificationError(`${source} answered something else than JSON.`, { cause: error })
  }
  const items = answer?.serviceQualificationItem
  if (!Array.isArray(items)) throw new QualificationError(`${source} answered without serviceQualificationItem.`)
  return new Map(
    (items as readonly (CheckedItem | null)[]).flatMap((item) => {
      const result = RESULTS[String(item?.qualificationItemResult)]
      return result === undefined ? [] : [[Number(item?.id), result] as const]
    }),
  )
}

/** Seconds or an HTTP date, as milliseconds from now; `undefined` when it says neither. */
function readRetryAfter(text: string | null): number | undefined {
  if (text === null) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
