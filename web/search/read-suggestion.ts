import { readJson } from '../api/read-json.ts'

/** An address or street that the data set holds, offered while typing. */
export interface Suggestion {
  /** The whole line, as it goes into the field. */
  readonly line: string
  readonly street1: string
  readonly street2?: string | undefined
  readonly city?: string | undefined
  readonly state?: string | undefined
  readonly zip?: string | undefined
  /** Units of the building that are known. */
  readonly units: readonly string[]
  /** False for a street whose number is still missing. */
  readonly isComplete: boolean
}

/** Reads what `POST /addresses/suggest` answers. */
export function readSuggestions(body: unknown): Suggestion[] {
  return readJson(body)
    .objects('data')
    .flatMap((item) => {
      const line = item.text('service_address')
      if (line === undefined) return []
      return [
        {
          line,
          street1: item.text('street1') ?? line,
          city: item.text('city'),
          state: item.text('state'),
          zip: item.text('zip'),
          units: item.texts('units'),
          isComplete: item.flag('is_complete') ?? true,
        },
      ]
    })
}
