import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Operation {
  operationId?: string
  responses: Record<string, { content?: Record<string, { schema: object }> }>
}

interface ServedDocument {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}

describe('the served document', () => {
  let test: TestApp
  let document: ServedDocument
  let ajv: Ajv2020

  beforeAll(async () => {
    test = await openTestApp()
    document = (await test.app.server.inject('/openapi.json')).json()
    ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    ajv.addSchema({ $id: 'served', ...document })
  })

  afterAll(() => test.close())

  function expectServed(path: string, method: string, answer: LightMyRequestResponse): void {
    const pointer = `/paths/${path.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method}`
    const schema = `served#${pointer}/responses/${answer.statusCode}/content/application~1json/schema`
    const validate = ajv.getSchema(schema)
    expect(validate, `${method} ${path} ${answer.statusCode}`).toBeDefined()
    const isValid = validate?.(answer.json())
    expect(
      isValid === true ? [] : validate?.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`),
    ).toEqual([])
  }

  it('is OpenAPI 3.1, names the documented components, and has no path that is not there', async () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['meta', 'agent_status', 'session_params', 'request_status', 'provider']),
    )
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const method of Object.keys(operations)) {
        const url = path.replaceAll(/\{\w+\}/g, 'x')
        const answer = await test.ask(method.toUpperCase() as 'GET', url, method === 'post' ? { payload: {} } : {})
        expect(answer.body, `${method} ${path}`).not.toContain('There is no')
      }
    }
  })

  it('has every operation under a name of its own', () => {
    const names = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    )
    expect(names).not.toContain(undefined)
    expect(new Set(names).size).toBe(names.length)
  })

  it('refers to nothing that it does not hold', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)
    for (const [, reference = ''] of references) {
      expect(reference).toMatch(/^#\/components\/schemas\//)
      expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1) ?? '')
    }
  })

  it.each<[string, object]>([
    ['one match', EXAMPLE],
    ['several matches', { street1: '150 Marigold', zip: '48034' }],
    ['no match', { street1: '99999 Tiffany Drive E', zip: '48034' }],
    ['a failing agent', { street1: '4400 Broken Lane', zip: '48034' }],
    ['nobody who filed', { street1: '10 Silent Pines Trail', zip: '48442' }],
  ])('describes every answer about a session with %s', async (_name, payload) => {
    const created = await test.ask('POST', '/sessions', { payload })
    expectServed('/sessions', 'post', created)
    const token = String(created.headers['session_token'])
    const status = await test.ask('GET', `/sessions/${token}`)
    expectServed('/sessions/{token}', 'get', status)
    expectServed(
      '/sessions/{token}/services/internet',
      'get',
      await test.ask('GET', `/sessions/${token}/services/internet`),
    )
    expectServed('/sessions/{token}/evidence', 'get', await test.ask('GET', `/sessions/${token}/evidence`))
    expectServed('/sessions/{token}', 'delete', await test.ask('DELETE', `/sessions/${token}`))
    expectServed('/sessions/{token}', 'get', await test.ask('GET', `/sessions/${token}`))
  })

  it('describes refusals', async () => {
    expectServed('/sessions', 'post', await test.ask('POST', '/sessions', { payload: {} }))
    expectServed(
      '/sessions',
      'post',
      await test.ask('POST', '/sessions', { payload: '{', headers: { 'content-type': 'application/json' } }),
    )
    expectServed('/sessions', 'post', await test.app.server.inject({ method: 'POST', url: '/sessions', payload: {} }))
    expectServed('/ping', 'get', await test.ask('GET', '/ping'))
    expectServed('/ping', 'get', await test.ask('GET', '/ping', { headers: { authorization: 'Bearer x' } }))
  })
})
