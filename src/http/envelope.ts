/** How a request went as a whole. */
export type RequestStatus = 'ok' | 'warning' | 'error'

/** What every answer but `/ping`'s carries. */
export interface Envelope {
  readonly message: string
  readonly requestStatus: RequestStatus
  /** JSON text: providers are rendered once and used in many answers. */
  readonly data: string
  /** Additive members between `data` and `meta`. */
  readonly additions?: object
  readonly meta: object
}

/** Writes an answer as JSON text, members in the documented order. */
export function renderEnvelope({ message, requestStatus, data, additions, meta }: Envelope): string {
  const extra = additions === undefined ? '' : `${JSON.stringify(additions).slice(1, -1)},`
  const separator = extra === ',' ? '' : extra
  return `{"message":${JSON.stringify(message)},"request_status":"${requestStatus}","data":${data},${separator}"meta":${JSON.stringify(meta)}}`
}

/** A time as the API writes it: ISO 8601 in UTC with milliseconds. */
export function toTimestamp(time: number): string {
  return new Date(time).toISOString()
}
