import { readJson } from '../api/read-json.ts'
import type { Send } from '../api/send.ts'
import type { AddressForm } from '../page/page-state.ts'
import type { Suggestion } from './read-suggestion.ts'

/** The address as the API takes it. */
export interface SearchedAddress {
  readonly street1: string
  readonly street2?: string | undefined
  readonly city?: string | undefined
  readonly state?: string | undefined
  readonly zip?: string | undefined
}

/** The form as the API takes it; the unit that was typed in its own field stands before one in the line. */
export async function findAddress(
  send: Send,
  { entry, line, unit, street, city, state, zip }: AddressForm,
  picked: Suggestion | undefined,
): Promise<SearchedAddress> {
  const street2 = unit.trim() || undefined
  if (entry === 'parts') {
    return compact({ street1: street.trim(), street2, city: city.trim(), state, zip: zip.trim() })
  }
  const found: SearchedAddress = picked?.line === line && picked.isComplete ? picked : await parseLine(send, line)
  return compact({ ...found, street2: street2 ?? found.street2 })
}

/** Has the server cut a line into the members that the API takes; what it cannot cut stays the street. */
export async function parseLine(send: Send, line: string): Promise<SearchedAddress> {
  const reply = await send('POST', '/addresses/parse', { address: line })
  const parts = readJson(reply.body).object('data')
  return {
    street1: parts.text('street1') ?? line.trim(),
    street2: parts.text('street2'),
    city: parts.text('city'),
    state: parts.text('state'),
    zip: parts.text('zip'),
  }
}

/** Leaves out what is blank: the API takes a blank member for a wrong one. */
function compact(address: SearchedAddress): SearchedAddress {
  return {
    street1: address.street1,
    ...(address.street2 && { street2: address.street2 }),
    ...(address.city && { city: address.city }),
    ...(address.state && { state: address.state }),
    ...(address.zip && { zip: address.zip }),
  }
}
