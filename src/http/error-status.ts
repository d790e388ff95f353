import type { ErrorCode } from '../lib/errors.ts'

/** The one place where failures meet HTTP; a code without a status does not compile. */
export const ERROR_STATUS: Readonly<Record<ErrorCode, number>> = {
  bad_request: 400,
  unauthorized: 401,
  session_not_found: 404,
  token_not_found: 404,
  not_acceptable: 406,
  request_in_progress: 409,
  session_closed: 410,
  webhook_not_found: 404,
  link_unknown: 404,
  link_expired: 410,
  invalid_params: 422,
  rate_limited: 429,
  overloaded: 503,
  data_set_invalid: 500,
  data_set_missing: 500,
  data_set_unwritable: 500,
  source_unreadable: 500,
  settings_invalid: 500,
  state_unavailable: 503,
}
