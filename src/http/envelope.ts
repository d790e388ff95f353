/** How a request went as a whole. */
export type RequestStatus = 'ok' | 'warning' | 'error'

/** What every answer but `/ping`'s carries. */
export interface Envelope {
  readonly message: string
  readonly requestStatus: RequestStatus
  /** JSON text, or pieces that make it up: providers are rendered once, to bytes, and used in many answers. */
  readonly data: string | readonly (string | Buffer)[]
  /** Additive members between `data` and `meta`. */
  readonly additions?: object
  readonly meta: object
}

/** Writes an answer as JSON, members in the documented order; in pieces where its data is in pieces. */
export function renderEnvelope({
  message,
  requestStatus,
  data,
  additions,
  meta,
}: Envelope): string | readonly (string | Buffer)[] {
  const extra = additions === undefined ? '' : JSON.stringify(additions).slice(1, -1)
  const head = `{"message":${JSON.stringify(message)},"request_status":"${requestStatus}","data":`
  const tail = `,${extra === '' ? '' : `${extra},`}"meta":${JSON.stringify(meta)}}`
  if (typeof data === 'string') return head + data + tail
  return [head, ...data, tail]
}

/** A time as the API writes it: ISO 8601 in UTC with milliseconds. */
export function toTimestamp(time: number): string {
  return new Date(time).toISOString()
}
