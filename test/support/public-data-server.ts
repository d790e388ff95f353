import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a server does wrong with one request. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Sends so many bytes of the body and breaks the connection. */
  | { readonly kind: 'truncate'; readonly after: number }
  /** Sends so many bytes and then nothing more. */
  | { readonly kind: 'stall'; readonly after: number }
  /** A page of a proxy or a maintenance notice, with status 200. */
  | { readonly kind: 'html' }
  /** A body of the right length with wrong bytes in it. */
  | { readonly kind: 'garble' }
  | { readonly kind: 'redirect'; readonly to: string }

export interface ReceivedRequest {
  readonly path: string
  readonly headers: IncomingMessage['headers']
}

/** A server of files on the loopback interface, which does what publishers' servers do, faults included. */
export interface PublicDataServer {
  readonly url: string
  readonly requests: ReceivedRequest[]
  /** Path → content; may be changed at any time. */
  readonly files: Map<string, Buffer | string>
  /** Path → faults, one of which each request uses up. */
  readonly faults: Map<string, Fault[]>
  /** When given, requests below this path need these headers. */
  account?: { readonly below: string; readonly username: string; readonly hashValue: string }
  /** False for a server that tells neither entity tags nor dates. */
  tellsVersions: boolean
  close(): Promise<void>
}

export async function startPublicDataServer(): Promise<PublicDataServer> {
  const requests: ReceivedRequest[] = []
  const files = new Map<string, Buffer | string>()
  const faults = new Map<string, Fault[]>()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    requests.push({ path, headers: request.headers })
    answer(state, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const state: PublicDataServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    files,
    faults,
    tellsVersions: true,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return state
}

function answer(state: PublicDataServer, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? ''
  const { account } = state
  if (
    account &&
    path.startsWith(account.below) &&
    !(request.headers['username'] === account.username && request.headers['hash_value'] === account.hashValue)
  ) {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ status: 'fail', status_code: 401, message: 'Unauthorized' }))
    return
  }
  const fault = state.faults.get(path)?.shift()
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, fault.headers)
    response.end('no')
    return
  }
  if (fault?.kind === 'redirect') {
    response.writeHead(302, { location: fault.to })
    response.end()
    return
  }
  if (fault?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!DOCTYPE html>\n<html><body>Down for maintenance</body></html>')
    return
  }
  const content = state.files.get(path)
  if (content === undefined) {
    response.writeHead(404, { 'content-type': 'text/html' })
    response.end('<html><body>Not Found</body></html>')
    return
  }
  sendFile(state, { request, response, content: Buffer.from(content as string), fault })
}

function sendFile(
  { tellsVersions }: PublicDataServer,
  {
    request,
    response,
    content,
    fault,
  }: { request: IncomingMessage; response: ServerResponse; content: Buffer; fault: Fault | undefined },
): void {
  const etag = `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`
  const lastModified = 'Mon, 22 Sep 2025 12:00:00 GMT'
  const versions = tellsVersions ? { etag, 'last-modified': lastModified } : {}
  const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch, 'if-modified-since': since } = request.headers
  const isUnchanged = ifNoneMatch === etag || (since !== undefined && Date.parse(since) >= Date.parse(lastModified))
  if (tellsVersions && range === undefined && isUnchanged) {
    response.writeHead(304, versions)
    response.end()
    return
  }
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
  if (tellsVersions && from >= content.length && range !== undefined && ifRange === etag) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` })
    response.end()
    return
  }
  const resumes = tellsVersions && range !== undefined && ifRange === etag
  const body = Buffer.from(resumes ? content.subarray(from) : content)
  if (fault?.kind === 'garble') body.fill(0x5a, Math.floor(body.length / 2))
  response.writeHead(resumes ? 206 : 200, {
    ...versions,
    'content-length': body.length,
    ...(resumes && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
  })
  // A client throws away what it has not read yet when a connection breaks: it gets a moment to read.
  const breakOff = () => void setTimeout(() => response.socket?.destroy(), 50)
  if (fault?.kind === 'truncate') response.write(body.subarray(0, fault.after), breakOff)
  else if (fault?.kind === 'stall') response.write(body.subarray(0, fault.after))
  else response.end(body)
}
