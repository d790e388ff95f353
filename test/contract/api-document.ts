import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import { parse } from 'yaml'

interface Document {
  readonly components: {
    readonly schemas: Record<string, object>
    readonly responses: Record<string, Answer>
  }
  readonly paths: Record<string, { readonly get: { readonly responses: Record<string, Answer | { $ref: string }> } }>
}

interface Answer {
  readonly headers?: Record<string, unknown>
  readonly content: { readonly 'application/json': { readonly schema: object } }
}

const document = parse(
  readFileSync(resolve(import.meta.dirname, 'hum-openapi-1.5.0.yaml'), 'utf8').replaceAll('\u0000', ''),
) as Document

/** The statuses that the API documents for an error. */
const ERROR_COMPONENTS: Readonly<Record<number, string>> = Object.fromEntries(
  Object.keys(document.components.responses).map((name) => [Number(name.slice(0, 3)), name]),
)

/**
 * OpenAPI 3.0's `nullable` in the words of JSON Schema, and the state list with the district and the territories that
 * it lacks, which Hum takes too (docs/compatibility.md).
 */
function toJsonSchema(node: unknown, key = ''): unknown {
  if (Array.isArray(node)) {
    return key === 'enum' && node.includes('WY')
      ? [...node, 'DC', 'GU', 'VI', 'AS', 'MP']
      : node.map((item) => toJsonSchema(item))
  }
  if (typeof node !== 'object' || node === null) return node
  const { nullable, example: _, ...rest } = node as Record<string, unknown>
  const schema = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, toJsonSchema(value, name)]))
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema({ $id: 'hum', ...(toJsonSchema(document) as object) })

function compile(pointer: string) {
  const validate = ajv.getSchema(`hum#${pointer}`)
  if (validate === undefined) throw new Error(`The document has no ${pointer}.`)
  return validate
}

const escapePointer = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1')

const SUCCESS = `/paths/${escapePointer('/sessions/{token}')}/get/responses`
const PROVIDERS = {
  type: 'array',
  items: {
    type: 'object',
    required: ['provider_id', 'provider_name', 'offerings', 'product_catalog'],
    properties: {
      provider_id: { type: 'string', format: 'uuid' },
      provider_name: { type: 'string', minLength: 1 },
      provider_icon: { type: ['string', 'null'] },
      provider_logo: { type: ['string', 'null'] },
      telephone: { type: ['string', 'null'], pattern: String.raw`^\+1\d{10}$` },
      url: { type: ['string', 'null'] },
      security_token: { type: ['string', 'null'] },
      buyflow_type: { type: ['string', 'null'] },
      button_label: { type: ['string', 'null'] },
      min_plan_price: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/price' }] },
      provider_promo: { $ref: '#/$defs/promo' },
      url_promo: { $ref: '#/$defs/promo' },
      offerings: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['technology', 'technology_category', 'max_download_speed', 'max_upload_speed'],
          properties: {
            technology: { type: 'string' },
            technology_category: { enum: ['Terrestrial', 'Satellite'] },
            technology_code: { type: 'string' },
            max_download_speed: { type: 'number' },
            max_upload_speed: { type: 'number' },
          },
        },
      },
      product_catalog: {
        type: 'array',
        items: {
          type: 'object',
          required: ['category', 'category_name', 'category_description', 'products'],
        },
      },
    },
  },
  $defs: {
    price: {
      type: 'object',
      required: ['amount_cents', 'currency'],
      properties: { amount_cents: { type: 'integer' }, currency: { type: 'string' } },
    },
    promo: {
      type: ['object', 'null'],
      required: ['promo_text', 'promo_logo_url'],
      properties: { promo_text: { type: 'string' }, promo_logo_url: { type: 'string' } },
    },
  },
}

/** What `data` is, by operation: the published samples say it, the document only for the status. */
const DATA = {
  createSession: ajv.compile(PROVIDERS),
  getSession: ajv.compile({ type: 'object', required: ['service_address'] }),
  getInternetServices: ajv.compile({
    type: 'object',
    required: ['internet'],
    properties: { internet: PROVIDERS },
    $defs: PROVIDERS.$defs,
  }),
  closeSession: ajv.compile({ type: 'object', maxProperties: 0 }),
} as const

const STATUSES = { createSession: [201], getSession: [200, 202], getInternetServices: [200, 202], closeSession: [200] }

const envelope = ajv.compile({
  type: 'object',
  required: ['message', 'request_status', 'data', 'meta'],
  properties: {
    message: { $ref: 'hum#/components/schemas/message' },
    request_status: { $ref: 'hum#/components/schemas/request_status' },
    meta: { $ref: 'hum#/components/schemas/meta' },
  },
})

const ping = ajv.compile({
  type: 'object',
  required: ['message', 'request_status', 'data', 'timestamp'],
  properties: { request_status: { const: 'ok' }, data: { maxProperties: 0 }, timestamp: { format: 'date-time' } },
})

/** An operation of the API by its name in the served document; `none` for a path that the API does not have. */
export type Operation = keyof typeof DATA | 'ping' | 'none'

/**
 * Expects an answer to be one that the API documents for the operation: a documented status, its headers, its body,
 * the envelope complete. Problems are named by their place in the body.
 */
export function expectDocumentedAnswer(operation: Operation, answer: LightMyRequestResponse): void {
  const { statusCode, headers } = answer
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
  for (const name of ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']) {
    expect(String(headers[name])).toMatch(/^\d+$/)
  }
  const body: unknown = answer.json()
  if (operation === 'ping' && statusCode === 200) return expectValid(ping, body)
  if (operation !== 'ping' && operation !== 'none' && STATUSES[operation].includes(statusCode)) {
    expectValid(envelope, body)
    const { data, meta } = body as { data: unknown; meta: { session_token: string } }
    expectValid(DATA[operation], data)
    expect(headers['session_token']).toBe(meta.session_token)
    if (operation === 'getSession')
      expectValid(compile(`${SUCCESS}/${statusCode}/content/application~1json/schema`), body)
    return undefined
  }
  const component = ERROR_COMPONENTS[statusCode]
  expect(component, `status ${statusCode} of ${operation} is not documented`).toBeDefined()
  expectValid(compile(`/components/responses/${component}/content/application~1json/schema`), body)
  expect(body).toMatchObject({ request_status: 'error', meta: { responded_at: expect.any(String) as string } })
  return undefined
}

function expectValid(validate: ReturnType<typeof compile>, body: unknown): void {
  const isValid = validate(body)
  expect(isValid ? [] : validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`)).toEqual([])
}
