import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { TestApp } from './test-app.ts'

/** A connection to a test app that says what no HTTP client would. */
export interface RawConnection {
  readonly socket: Socket
  /** What came back until the server closed the connection. */
  readonly received: Promise<string>
}

/** Opens a connection; the app begins to listen with the first. */
export async function openRawConnection({ app }: TestApp): Promise<RawConnection> {
  const { server } = app.server
  if (!server.listening) await app.server.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const received = new Promise<string>((resolve) => {
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })
  return { socket, received }
}

/** Sends bytes over a connection of their own and gives what comes back until the server closes it. */
export async function sendRaw(test: TestApp, ...parts: readonly string[]): Promise<string> {
  const { socket, received } = await openRawConnection(test)
  for (const part of parts) socket.write(part, 'latin1')
  return received
}
