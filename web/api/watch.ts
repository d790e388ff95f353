import { PRIVATELY } from './send.ts'
import type { ApiPlace } from './send.ts'

/**
 * Gives the JSON of each Server-Sent Event of a path as it comes, and ends with the stream. Rejects when there is no
 * stream, when it breaks off, and when it is given up.
 */
export type Watch = (path: string, signal: AbortSignal) => AsyncGenerator

/** Watches over `fetch`, since an `EventSource` can send no token except in the URL, where logs would keep it. */
export function createWatch({ origin, access }: ApiPlace): Watch {
  return async function* watch(path, signal) {
    const response = await fetch(origin + path, {
      ...PRIVATELY,
      headers: { authorization: `Bearer ${access.token}`, accept: 'text/event-stream' },
      signal,
    })
    if (!response.ok || response.body === null) throw new Error('There are no events to watch.')
    yield* readEvents(response.body)
  }
}

/** Reads the `data` of each event; comments and other fields are passed over. */
async function* readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let unread = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      unread += decoder.decode(value, { stream: true })
      const blocks = unread.split(/\r?\n\r?\n/)
      unread = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = readData(block)
        if (data !== '') yield JSON.parse(data)
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function readData(block: string): string {
  return block
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trimStart())
    .join('\n')
}
