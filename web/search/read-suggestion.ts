import { readJson } from '../api/read-json.ts'
import { toTitleCase } from './title-case.ts'

/** An address or street that the data set holds, offered while typing. */
export interface Suggestion {
  /** The whole line, as it goes into the field. */
  readonly line: string
  readonly street1: string
  readonly city?: string | undefined
  readonly state?: string | undefined
  readonly zip?: string | undefined
  /** False for a street whose number is still missing. */
  readonly isComplete: boolean
}

/** Reads what `POST /addresses/suggest` answers. */
export function readSuggestions(body: unknown): Suggestion[] {
  return readJson(body)
    .objects('data')
    .flatMap((item) => {
      const line = item.text('text')
      const street = item.text('street')
      if (line === undefined || street === undefined) return []
      const number = item.text('primary_number')
      return [
        {
          line: toTitleCase(line),
          street1: number === undefined ? street : `${number} ${street}`,
          city: item.text('city'),
          state: item.text('state'),
          zip: item.text('zip'),
          isComplete: number !== undefined,
        },
      ]
    })
}
