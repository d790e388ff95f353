import type { FastifyError } from 'fastify'
import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { SESSION_NOT_FOUND } from '../sessions/get-session.ts'
import type { LookUps } from '../sessions/look-ups.ts'
import { toTimestamp } from './timestamp.ts'
import { ERROR_STATUS } from './error-status.ts'
import { describeFieldErrors } from './field-errors.ts'
import type { FieldErrors } from './field-errors.ts'

/** A failure as it is told to the caller. */
export interface Failure {
  readonly status: number
  readonly message: string
  readonly fields?: FieldErrors
}

/** What the framework refuses, by its code: the request's own fault, told with the documented status that fits. */
const FRAMEWORK_FAILURES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large. Send one address, in at most 64 kB.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as its Content-Length says.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
  FST_ERR_BAD_URL: 'The path is not a valid URL.',
}

/** What to tell the caller of an error; anything unforeseen is an internal error without detail. */
export function describeFailure(error: Error | FastifyError, contentType: string | undefined): Failure {
  if (error instanceof AppError) {
    const { code, message } = error
    return { status: ERROR_STATUS[code], message, ...(code === 'invalid_params' && { fields: { base: [message] } }) }
  }
  if ('validation' in error && error.validation) {
    const fields = describeFieldErrors(error.validation)
    const list = Object.entries(fields).map(([field, [text]]) => (field === 'base' ? text : `${field} ${text}`))
    return { status: 422, message: `The request cannot be taken: ${list.join('; ')}.`, fields }
  }
  const { code, statusCode = 500 }: Partial<FastifyError> = error
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return { status: 406, message: describeContentType(contentType) }
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return { status: 404, message: SESSION_NOT_FOUND }
  if (statusCode < 500) return { status: 400, message: FRAMEWORK_FAILURES[code ?? ''] ?? 'The request is malformed.' }
  return { status: 500, message: 'Internal server error' }
}

/** The documented words for a content type other than JSON. */
export function describeContentType(contentType = ''): string {
  return `The content type '${contentType}' is not supported. Please ensure that your content type is 'application/json' and try again.`
}

/** Writes the body of an error answer. */
export function renderFailure({ message, fields }: Failure, lookUps: LookUps, clock: Clock): string {
  return JSON.stringify({
    message,
    request_status: 'error',
    ...(fields && { errors: { errors: fields } }),
    meta: { responded_at: toTimestamp(clock()), hum_data_set: lookUps.version },
  })
}
