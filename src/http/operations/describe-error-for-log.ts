/** An error as it stands in the log. */
interface LoggedError {
  readonly type: string
  readonly code?: unknown
  readonly message: string
  readonly stack: string
  readonly cause?: LoggedError
  readonly [member: string]: unknown
}

/**
 * What of an error goes into the log: kind, code, message and where it arose.
 *
 * Its further members stay out, since databases repeat rows there, and so does what the message has in quotes: parsers
 * and databases quote the value that they could not take, which may be an address or a token.
 */
export function describeErrorForLog(error: Error): LoggedError {
  const { name, message, stack = '', cause } = error
  const frames = stack.slice(stack.startsWith(`${name}: ${message}`) ? `${name}: ${message}`.length : 0)
  return {
    type: name,
    ...('code' in error && { code: error.code }),
    message: withoutQuoted(message),
    stack: frames
      .split('\n')
      .filter((line) => /^ +at /.test(line))
      .map((line) => line.trim())
      .join('\n'),
    ...(cause instanceof Error && { cause: describeErrorForLog(cause) }),
  }
}

function withoutQuoted(message: string): string {
  return message.replaceAll(/"[^"]*("|$)/g, '"…"')
}
