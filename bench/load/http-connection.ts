import { connect } from 'node:net'

/** An answer as far as a benchmark looks at it. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** One connection that is kept open, for one request at a time. */
export interface HttpConnection {
  send(request: string): Promise<Answer>
  close(): void
}

/**
 * Opens a connection that reads no more of an answer than status, length and body: a client that costs little leaves the
 * processor to the server that is measured.
 */
export async function openHttpConnection(url: string): Promise<HttpConnection> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setNoDelay(true)
  let received = ''
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined

  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    received += chunk
    const end = received.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(received.slice(0, end))?.[1] ?? 0)
    if (received.length < end + 4 + length) return
    const answer = { status: Number(received.slice(9, 12)), body: received.slice(end + 4) }
    received = ''
    waiting?.resolve(answer)
  })
  const fail = (error: Error): void => waiting?.reject(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The server closed the connection.')))
  await new Promise<void>((connected, failed) => {
    socket.once('connect', () => connected())
    socket.once('error', failed)
  })
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => {
      waiting = undefined
      socket.destroy()
    },
  }
}

/** The text of a request, written once for many sendings. */
export function writeRequest(method: string, path: string, body?: string): string {
  const length =
    body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer hum_test_sandbox\r\n${length}\r\n${body ?? ''}`
}
