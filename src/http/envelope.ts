/** How a request went as a whole. */
export type RequestStatus = 'ok' | 'warning' | 'error'

/** What every answer but `/ping`'s carries. */
export interface Envelope {
  readonly message: string
  readonly requestStatus: RequestStatus
  /** JSON text, or pieces that make it up: providers are rendered once, to bytes, and used in many answers. */
  readonly data: string | readonly (string | Buffer)[]
  /** JSON text of additive members between `data` and `meta`, without braces. */
  readonly additions?: string
  /** JSON text. */
  readonly meta: string
}

/** Writes an answer as JSON, members in the documented order; in pieces where its data is in pieces. */
export function renderEnvelope({
  message,
  requestStatus,
  data,
  additions = '',
  meta,
}: Envelope): string | readonly (string | Buffer)[] {
  const head = `{"message":${JSON.stringify(message)},"request_status":"${requestStatus}","data":`
  const tail = `,${additions === '' ? '' : `${additions},`}"meta":${meta}}`
  if (typeof data === 'string') return head + data + tail
  return [head, ...data, tail]
}

/** Writes of an answer all that stands before the JSON text of `meta`; behind it is nothing but the closing brace. */
export function renderBeforeMeta(envelope: Omit<Envelope, 'data' | 'meta'> & { data: string }): string {
  return String(renderEnvelope({ ...envelope, meta: '' })).slice(0, -'}'.length)
}
