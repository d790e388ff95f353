import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { parseAddressFields } from '../../address/index.ts'
import type { SandboxBehaviour } from '../../dataset/sandbox/sandbox-behaviours.ts'

interface Row {
  readonly number: string
  readonly street: string
  readonly zip: string
  readonly agent: SandboxBehaviour['agent']
  readonly behaviour: SandboxBehaviour['behaviour']
  readonly seconds: string
}

/** Reads the sandbox's `behaviours.csv`; addresses come back as USPS delivery lines. */
export function readBehaviours(file: string): (SandboxBehaviour & { readonly deliveryLine: string })[] {
  const rows = parse<Row>(readFileSync(file), { columns: true })
  return rows.map(({ number, street, zip, agent, behaviour, seconds }) => ({
    deliveryLine: parseAddressFields({ street1: `${number} ${street}`, zip }).deliveryLine,
    agent,
    behaviour,
    seconds: Number(seconds),
  }))
}
