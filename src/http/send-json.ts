import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'

/**
 * Sends JSON that is written already. Answers about sessions hold an address, so that no cache may keep them.
 *
 * Pieces go to the connection as they are: putting them together first would copy tens of kilobytes for each answer.
 */
export function sendJson(
  reply: FastifyReply,
  status: number,
  json: string | readonly (string | Buffer)[],
): FastifyReply {
  if (typeof json === 'string') sendText(reply, status, json)
  else sendPieces(reply, status, json)
  return reply
}

/** Text of ASCII alone, which most answers are, needs no encoding: it is the same bytes in Latin-1. */
function sendText(reply: FastifyReply, status: number, text: string): void {
  const length = Buffer.byteLength(text)
  beginAnswer(reply, status, length).end(text, length === text.length ? 'latin1' : 'utf8')
}

function sendPieces(reply: FastifyReply, status: number, pieces: readonly (string | Buffer)[]): void {
  let length = 0
  for (const piece of pieces) length += Buffer.byteLength(piece)
  const answer = beginAnswer(reply, status, length)
  answer.cork()
  for (const piece of pieces) answer.write(piece)
  answer.end()
  answer.uncork()
}

function beginAnswer(reply: FastifyReply, status: number, length: number): ServerResponse {
  const { raw } = reply.hijack()
  const headers = reply.getHeaders() as OutgoingHttpHeaders
  headers['content-type'] = 'application/json; charset=utf-8'
  headers['cache-control'] = 'private, no-store'
  headers['content-length'] = length
  return raw.writeHead(status, headers)
}
