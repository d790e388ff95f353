import type { FastifySchemaValidationError } from 'fastify'

/** Messages by member of the body; `base` speaks of the body as a whole. */
export type FieldErrors = Record<string, string[]>

const COMBINATIONS = 'Provide either (street1 and zip), (street1, city, and state), or (street1, city, and zip)'
const BLANK = "can't be blank"

/** What is wrong with the body of `POST /sessions`, a message for each member, in the words that the API documents. */
export function describeFieldErrors(errors: readonly FastifySchemaValidationError[]): FieldErrors {
  const described: FieldErrors = {}
  const say = (field: string, message: string): void => {
    described[field] ??= [message]
  }
  for (const { instancePath, keyword, params, schemaPath } of errors) {
    const field = instancePath.split('/')[1]
    if (field !== undefined) say(field, describe(field, keyword, params))
    else if (keyword === 'anyOf') say('base', COMBINATIONS)
    else if (keyword === 'required' && !schemaPath.includes('anyOf')) say(String(params.missingProperty), BLANK)
    else if (keyword === 'type') say('base', 'must be a JSON object')
  }
  return described
}

function describe(field: string, keyword: string, params: Record<string, unknown>): string {
  if (field === 'state') return 'must be a valid state or US territory/commonwealth'
  if (field === 'zip') return 'must be in the form 12345 or 12345-1234'
  if (field === 'latitude') return 'must be a number from -90 to 90'
  if (field === 'longitude') return 'must be a number from -180 to 180'
  if (keyword === 'maxLength') return `is too long (maximum is ${String(params.limit)} characters)`
  return keyword === 'type' ? 'must be text' : BLANK
}
