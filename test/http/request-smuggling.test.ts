import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendRaw } from '../support/raw-connection.ts'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const SMUGGLED = 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
const BODY = '{"street1":"1 Main Street","zip":"48034"}'

const post = (headers: string, body: string): string =>
  `POST /sessions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer hum_test_sandbox\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`

const chunk = (size: string, text: string): string => `${size}\r\n${text}\r\n0\r\n\r\n`

/** Requests of which two readers could take different parts for the body. */
const AMBIGUOUS: readonly (readonly [name: string, request: string])[] = [
  ['two lengths', post(`Content-Length: 1\r\nContent-Length: ${BODY.length}`, BODY)],
  ['the same length twice', post(`Content-Length: ${BODY.length}\r\nContent-Length: ${BODY.length}`, BODY)],
  ['two lengths in one header', post(`Content-Length: ${BODY.length}, 1`, BODY)],
  ['a length with a sign', post(`Content-Length: +${BODY.length}`, BODY)],
  ['a length in hexadecimal', post('Content-Length: 0x29', BODY)],
  ['a negative length', post('Content-Length: -1', BODY)],
  ['length and chunks', post('Content-Length: 4\r\nTransfer-Encoding: chunked', chunk('29', BODY))],
  ['chunks and length', post('Transfer-Encoding: chunked\r\nContent-Length: 4', chunk('29', BODY))],
  ['an encoding that is not known', post('Transfer-Encoding: xchunked', chunk('29', BODY))],
  ['chunks that are not last', post('Transfer-Encoding: chunked, identity', chunk('29', BODY))],
  ['a blank before the colon', post('Transfer-Encoding : chunked', chunk('29', BODY))],
  [
    'a header that goes on in the next line',
    post('X: 1\r\n Transfer-Encoding: chunked\r\nContent-Length:\r\n 4', BODY),
  ],
  ['a chunk size with a prefix', post('Transfer-Encoding: chunked', chunk('0x29', BODY))],
  ['a chunk that is longer than its size', post('Transfer-Encoding: chunked', chunk('5', BODY))],
  ['lines that end without a carriage return', post('X: 1\nContent-Length: 4', BODY)],
  ['a header without a name', post(': 1\r\nContent-Length: 41', BODY)],
  ['a NUL in a header', post('X: a\u0000b\r\nContent-Length: 41', BODY)],
  ['no host', `GET /ping HTTP/1.1\r\n\r\n`],
]

describe('a request that can be read in two ways', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  it.each(AMBIGUOUS)('with %s is refused, and nothing after it is read', async (_name, request) => {
    const received = await sendRaw(test, request + SMUGGLED)
    expect(received.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 400'])
    expect(received).toMatch(/\r\nConnection: close\r\n/i)
    expect(received).not.toContain('"status":"ok"')
  })

  it('is told apart from two requests that follow each other on one connection', async () => {
    const received = await sendRaw(test, post(`Content-Length: ${BODY.length}`, BODY) + SMUGGLED)
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 201', 'HTTP/1.1 200'])
  })
})
