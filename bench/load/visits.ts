import type { HttpConnection } from './http-connection.ts'
import { writeRequest } from './http-connection.ts'

/** What a visit consists of, of which each step is one request. */
export type Step = 'POST' | 'GET' | 'services' | 'DELETE'

/** Makes one visit's requests over a connection; `onAnswer` is told of each with its time in milliseconds. */
export type Visit = (connection: HttpConnection, onAnswer: (step: Step, milliseconds: number) => void) => Promise<void>

const BODY = JSON.stringify({ street1: '29090 Tiffany Drive E', city: 'Southfield', state: 'MI', zip: '48034' })
const POST = writeRequest('POST', '/sessions', BODY)

/** Opens a session, reads it, reads its services, closes it. */
export const visitAll: Visit = async (connection, onAnswer) => {
  const token = await openSession(connection, onAnswer)
  await ask(connection, 'GET', writeRequest('GET', `/sessions/${token}`), onAnswer)
  await ask(connection, 'services', writeRequest('GET', `/sessions/${token}/services/internet`), onAnswer)
  await ask(connection, 'DELETE', writeRequest('DELETE', `/sessions/${token}`), onAnswer)
}

/** Opens a session. */
export const visitToOpen: Visit = async (connection, onAnswer) => {
  await openSession(connection, onAnswer)
}

/** Reads one session again and again. */
export function visitToRead(token: string): Visit {
  const request = writeRequest('GET', `/sessions/${token}`)
  return async (connection, onAnswer) => {
    await ask(connection, 'GET', request, onAnswer)
  }
}

/** Opens a session and gives its token. */
export async function openSession(
  connection: HttpConnection,
  onAnswer: Parameters<Visit>[1] = () => {},
): Promise<string> {
  const body = await ask(connection, 'POST', POST, onAnswer)
  const token = /"session_token":"([^"]+)"/.exec(body)?.[1]
  if (token === undefined) throw new Error(`POST /sessions answered without a token: ${body}`)
  return token
}

async function ask(
  connection: HttpConnection,
  step: Step,
  request: string,
  onAnswer: Parameters<Visit>[1],
): Promise<string> {
  const begun = performance.now()
  const { status, body } = await connection.send(request)
  if (status !== (step === 'POST' ? 201 : 200)) throw new Error(`${step} answered ${status}: ${body}`)
  onAnswer(step, performance.now() - begun)
  return body
}
