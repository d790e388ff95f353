import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { ADMIN_SECURITY } from './admin/admin-operation.ts'
import { SHARED_SCHEMAS } from './answer-schemas.ts'
import { SessionParamsSchema } from './sessions/session-params.ts'

const REFERENCE_PATH = '/docs'

/** The reference page sets styles from its script. */
const REFERENCE_CSP = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

/** The document's own address needs no field to type it in. */
const REFERENCE_CSS =
  '.swagger-ui .topbar { background: #0a6b58 } .swagger-ui .topbar .topbar-wrapper .download-url-wrapper { display: none }'

/**
 * Serves the OpenAPI 3.1 document at `/openapi.json`, made from the schemas that the routes validate with, and a
 * reference page at `/docs` that loads nothing from elsewhere. Register it before the routes.
 */
export async function serveApiDocument(server: FastifyInstance): Promise<void> {
  for (const schema of [...SHARED_SCHEMAS, SessionParamsSchema]) server.addSchema(schema)
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Hum API',
        version: '1.5.0',
        description: 'Which internet providers serve a US street address, how fast, on which plans, at what price.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          bearerAuth: { type: 'http', scheme: 'bearer', description: 'An API token.' },
          [ADMIN_SECURITY]: { type: 'http', scheme: 'bearer', description: 'An admin token.' },
        },
      },
      security: [{ bearerAuth: [] }],
    },
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, index) => (typeof $id === 'string' ? $id : `schema-${index}`),
    },
  })
  server.addHook('onRoute', (route) => {
    if (route.url.startsWith(REFERENCE_PATH)) route.config = { ...route.config, access: 'open' }
  })
  const mark = readFileSync(join(import.meta.dirname, '../../web/favicon.svg'))
  await server.register(swaggerUi, {
    routePrefix: REFERENCE_PATH,
    staticCSP: REFERENCE_CSP,
    uiHooks: {
      // The reference finds its document beside its own address, and gets lost where that ends in a query.
      onRequest: (request, reply, done) => {
        if (request.url.startsWith(`${REFERENCE_PATH}?`)) reply.redirect(REFERENCE_PATH)
        else done()
      },
    },
    uiConfig: { persistAuthorization: true, validatorUrl: null },
    logo: { type: 'image/svg+xml', content: mark, href: '/' },
    theme: {
      title: 'Hum API reference',
      favicon: [{ filename: 'favicon.svg', rel: 'icon', sizes: 'any', type: 'image/svg+xml', content: mark }],
      css: [{ filename: 'reference.css', content: REFERENCE_CSS }],
    },
  })
  server.get('/openapi.json', { config: { access: 'open' }, schema: { hide: true } }, () => server.swagger())
}
