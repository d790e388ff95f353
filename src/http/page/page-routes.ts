import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PageTokens } from '../../access/page-token.ts'
import type { CurrentLookUps } from '../../sessions/look-ups.ts'
import { routeAssets } from './asset-routes.ts'
import { readPageAssets } from './page-assets.ts'
import type { CallApi, DocumentSettings, FormFields, PageLocale, PageRenderer } from './page-renderer.ts'
import { SANDBOX_EXAMPLES } from './sandbox-examples.ts'

/** What the page's documents need. */
export interface PageNeeds {
  readonly lookUps: CurrentLookUps
  /** Absent where the page is switched off. */
  readonly pageTokens?: PageTokens | undefined
}

/** Only files of this server run or are loaded, nothing frames the page, forms go nowhere else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HIDDEN = { config: { access: 'open' }, schema: { hide: true } } as const

type DocumentRequest = FastifyRequest<{ Querystring: { lang?: string } }>

/**
 * Serves the page: its documents, its files, and the search as a plain form for browsers without JavaScript.
 *
 * The form carries its search out through the API like everybody else, in this process. Addresses come in bodies only.
 * Where the page is switched off, its files stay for the widget in pages of others, and `/` leads to the reference.
 */
export async function routePage(server: FastifyInstance, { lookUps, pageTokens }: PageNeeds): Promise<void> {
  const assets = readPageAssets()
  routeAssets(server, assets)
  if (pageTokens === undefined) server.get('/', HIDDEN, (_request, reply) => reply.redirect('/docs'))
  else await routeDocuments(server, { lookUps, pageTokens, assetsVersion: assets.version })
}

async function routeDocuments(
  server: FastifyInstance,
  { lookUps, pageTokens, assetsVersion }: { lookUps: CurrentLookUps; pageTokens: PageTokens; assetsVersion: string },
): Promise<void> {
  const renderer = await loadRenderer()

  function describe(request: DocumentRequest): DocumentSettings {
    const { isSandbox, version, attributions } = lookUps('live')
    const locale = chooseLocale(request)
    return {
      locale,
      site: { isSandbox, dataSet: version, examples: isSandbox ? SANDBOX_EXAMPLES : [], attributions },
      token: pageTokens.issue(),
      assets: `/assets/${assetsVersion}`,
    }
  }

  server.get('/', HIDDEN, async (request: DocumentRequest, reply) =>
    sendDocument(reply, await renderer.renderSearchPage(describe(request))),
  )
  server.get('/quick-start', HIDDEN, async (request: DocumentRequest, reply) =>
    sendDocument(reply, await renderer.renderQuickStart(describe(request))),
  )

  await server.register(async (forms) => {
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))))
    })
    forms.post(
      '/',
      { config: { access: 'open', takesForms: true }, schema: { hide: true } },
      async (request: DocumentRequest, reply) => {
        const settings = describe(request)
        const fields = (request.body ?? {}) as FormFields
        return sendDocument(
          reply,
          await renderer.renderSearchedPage(settings, fields, callerFor(server, request, settings.token)),
        )
      },
    )
  })
}

/** The views live in `web/` and are checked with the browser's types, apart from the server's. */
async function loadRenderer(): Promise<PageRenderer> {
  const file = new URL('../../../web/server/page-renderer.ts', import.meta.url)
  const { pageRenderer } = (await import(file.href)) as { pageRenderer: PageRenderer }
  return pageRenderer
}

function callerFor(server: FastifyInstance, { ip }: FastifyRequest, token: string): CallApi {
  return async (method, url, body) => {
    const reply = await server.inject({
      method,
      url,
      remoteAddress: ip,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { payload: body as object }),
    })
    const retryAfter = Number(reply.headers['retry-after'] ?? Number.NaN)
    return {
      status: reply.statusCode,
      body: reply.json<unknown>(),
      ...(Number.isFinite(retryAfter) && { retryAfterSeconds: retryAfter }),
    }
  }
}

/** `?lang=` if it is given, else the first language of the browser that the page speaks. */
function chooseLocale(request: DocumentRequest): PageLocale {
  const asked = request.query.lang
  if (asked === 'en' || asked === 'es') return asked
  const accepted = request.headers['accept-language'] ?? ''
  const first = /\b(en|es)\b/i.exec(accepted)?.[1]?.toLowerCase()
  return first === 'es' ? 'es' : 'en'
}

/** Each document holds a token of its own and perhaps an address: no cache may keep it, no other origin read it. */
function sendDocument(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .removeHeader('access-control-allow-origin')
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('vary', 'accept-language')
    .send(html)
}
