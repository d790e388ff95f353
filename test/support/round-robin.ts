import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A reverse proxy that hands requests to each server in turn, and to the next when one cannot be reached. */
export interface RoundRobin {
  readonly url: string
  close(): Promise<void>
}

/** Starts one on a free port. As `deploy/Caddyfile` has it, it names the caller and tries again only what was not sent. */
export async function startRoundRobin(targets: readonly string[]): Promise<RoundRobin> {
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => forward(2 * targets.length))
    const forward = (triesLeft: number): void => {
      const target = new URL(incoming.url ?? '/', targets[turn++ % targets.length])
      const forwarded = request(target, {
        method: incoming.method,
        headers: { ...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress },
      })
      forwarded.on('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'x-served-by': target.host })
        answer.pipe(outgoing)
      })
      forwarded.on('error', (error: NodeJS.ErrnoException) => {
        // A connection that was kept open may be closed at the moment that it is used again.
        const isUnsent = error.code === 'ECONNREFUSED' || (forwarded.reusedSocket && incoming.method === 'GET')
        if (isUnsent && triesLeft > 1) forward(triesLeft - 1)
        else outgoing.writeHead(502).end()
      })
      forwarded.end(Buffer.concat(chunks))
    }
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
