/** What went wrong, for a program to act on. Each code has one HTTP status (`http/`) and one exit code (`cli/`). */
export type ErrorCode =
  | 'bad_request'
  | 'unauthorized'
  | 'session_not_found'
  | 'token_not_found'
  | 'not_acceptable'
  | 'session_closed'
  | 'link_unknown'
  | 'link_expired'
  | 'webhook_not_found'
  | 'invalid_params'
  | 'request_in_progress'
  | 'rate_limited'
  | 'overloaded'
  | 'data_set_invalid'
  | 'data_set_missing'
  | 'data_set_unwritable'
  | 'source_unreadable'
  | 'settings_invalid'
  | 'state_unavailable'

/**
 * A failure that a person can act on.
 *
 * The message is safe to show to any caller: it never holds an address, a token or a path inside the server.
 * What is only for the log goes into `cause`.
 */
export class AppError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
  }
}

/** The code that an error of ours, of Node.js, the system or a library has, such as `ENOENT`; empty where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Whether the state could not be reached; trying again later may help. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'state_unavailable'
}
