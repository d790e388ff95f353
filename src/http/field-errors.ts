import type { FastifySchemaValidationError } from 'fastify'

/** Messages by member of the body or query; `base` speaks of the body as a whole. */
export type FieldErrors = Record<string, string[]>

const COMBINATIONS = 'Provide either (street1 and zip), (street1, city, and state), or (street1, city, and zip)'
const BLANK = "can't be blank"

/** What members of one form only have to be, in the words that the API documents where it does. */
const FORMS: Readonly<Record<string, string>> = {
  state: 'must be a valid state or US territory/commonwealth',
  zip: 'must be in the form 12345 or 12345-1234',
  latitude: 'must be a number from -90 to 90',
  longitude: 'must be a number from -180 to 180',
  expires_at: 'must be a time such as 2027-01-31T00:00:00Z',
  limit: 'must be a whole number from 1 to 1000',
  offset: 'must be a whole number',
}

/** What is wrong with the parameters of a request, a message for each. */
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
    else if (keyword === 'additionalProperties') say(String(params.additionalProperty), 'is not a parameter here')
    else if (keyword === 'type') say('base', 'must be a JSON object')
  }
  return described
}

function describe(field: string, keyword: string, params: Record<string, unknown>): string {
  const form = FORMS[field]
  if (form !== undefined) return form
  switch (keyword) {
    case 'maxLength':
      return `is too long (maximum is ${String(params.limit)} characters)`
    case 'enum':
      return `must be one of ${String(params.allowedValues).replaceAll(',', ', ')}`
    case 'minimum':
      return `must be at least ${String(params.limit)}`
    case 'maximum':
      return `must be at most ${String(params.limit)}`
    case 'type':
      return TYPES[String(params.type)] ?? 'must be text'
    default:
      return BLANK
  }
}

const TYPES: Readonly<Record<string, string>> = { integer: 'must be a whole number', array: 'must be a list' }
