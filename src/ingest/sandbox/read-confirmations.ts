import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { parseAddressFields } from '../../address/index.ts'
import type { SandboxConfirmation } from '../../dataset/sandbox/sandbox-confirmations.ts'

interface Row {
  readonly number: string
  readonly street: string
  readonly zip: string
  readonly provider_id: string
  readonly technology: string
  readonly result: SandboxConfirmation['result']
  readonly source: string
  readonly at: string
}

/** Reads the sandbox's `confirmations.csv`; addresses come back as USPS delivery lines. */
export function readConfirmations(file: string): (SandboxConfirmation & { readonly deliveryLine: string })[] {
  const rows = parse<Row>(readFileSync(file), { columns: true })
  return rows.map(({ number, street, zip, provider_id: providerId, technology, result, source, at }) => ({
    deliveryLine: parseAddressFields({ street1: `${number} ${street}`, zip }).deliveryLine,
    providerId: Number(providerId),
    technologyCode: Number(technology),
    result,
    source,
    at: Date.parse(at),
  }))
}
