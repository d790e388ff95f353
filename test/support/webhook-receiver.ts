import { createServer } from 'node:http'
import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook as Verifier } from 'standardwebhooks'

/** What a receiver was sent. */
export interface Received {
  readonly id: string
  readonly type: string
  readonly data: Record<string, unknown>
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly path: string
  /** What it was answered with, when it was. */
  status?: number
}

/** A receiver of webhooks on the loopback address. */
export interface WebhookReceiver {
  readonly url: string
  readonly received: readonly Received[]
  /** How it answers from now on; at once with 204 until it is told. */
  answer: RequestListener
  /** Checks a delivery as a receiver would, with a library of others. */
  verify(secret: string, delivery: Received): unknown
  close(): Promise<void>
}

export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: Received[] = []
  const receiver: { answer: RequestListener } = { answer: (_request, response) => response.writeHead(204).end() }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const { type, data } = JSON.parse(body) as Pick<Received, 'type' | 'data'>
      const id = String(request.headers['webhook-id'])
      const delivery: Received = { id, type, data, headers: request.headers, body, path: request.url ?? '' }
      received.push(delivery)
      response.once('finish', () => {
        delivery.status = response.statusCode
      })
      receiver.answer(request, response)
    })
  })
  await new Promise<void>((listening) => {
    server.listen(port, '127.0.0.1', listening)
  })
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hum`,
    received,
    verify: (secret: string, { body, headers }: Received) =>
      new Verifier(secret).verify(body, headers as Record<string, string>),
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => {
        server.close(closed)
      })
    },
  })
}
