import { createServer } from 'node:net'
import { ok, wrong } from './finding.ts'
import type { Finding } from './finding.ts'

const CHECK = 'port'
const ANSWER_TIMEOUT_MS = 2000

/** Whether a server could listen there, or one of Hum does already. */
export async function examinePort(host: string, port: number): Promise<Finding> {
  const place = `${host}:${port}`
  const code = await tryToListen(host, port)
  if (code === undefined) return ok(CHECK, port === 0 ? 'any free one will be taken' : `${place} is free`)
  if (code === 'EADDRINUSE') {
    return (await isHumAt(host, port))
      ? ok(CHECK, `a Hum server answers at ${place}`)
      : wrong(CHECK, `${place} is taken by another program. Stop that, or set HUM_PORT to another one.`)
  }
  return wrong(CHECK, `Hum may not listen on ${place} (${code}). Check HUM_HOST and HUM_PORT.`)
}

/** Comes back with the system's error code when it cannot be done. */
async function tryToListen(host: string, port: number): Promise<string | undefined> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  server.listen(port, host, () => server.close(() => resolve(undefined)))
  return promise
}

async function isHumAt(host: string, port: number): Promise<boolean> {
  const asked = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host
  try {
    const url = `http://${asked.includes(':') ? `[${asked}]` : asked}:${port}/health/live`
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })
    return answer.ok && answer.headers.has('x-request-id')
  } catch {
    return false
  }
}
