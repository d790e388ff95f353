import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '../lib/clock.ts'
import type { CurrentLookUps } from '../sessions/look-ups.ts'
import type { CallerGate } from './caller-gate.ts'
import { renderFailure } from './error-answer.ts'

const MESSAGES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'The headers are too large: 16 kB are the most.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request took too long to arrive.',
}

/**
 * Answers what never became a request: headers that are too large, malformed or slow. The answer has the documented
 * form, and counts against the caller's address; then the connection is closed.
 */
export function createConnectionFailureHandler(needs: {
  gate: CallerGate
  lookUps: CurrentLookUps
  clock: Clock
}): (error: NodeJS.ErrnoException, socket: Socket) => void {
  async function answer({ code = '' }: NodeJS.ErrnoException, socket: Socket): Promise<void> {
    const rateHeaders = await needs.gate.countConnection(socket.remoteAddress ?? '')
    const message = MESSAGES[code] ?? 'The request is not valid HTTP.'
    const body = renderFailure({ status: 400, message }, needs.lookUps('live'), needs.clock)
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
      ...rateHeaders,
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 400 ${STATUS_CODES[400]}\r\n${lines.join('')}\r\n${body}`)
  }

  return (failure, socket) => {
    if (failure.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else answer(failure, socket).catch(() => socket.destroy())
  }
}
