import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { allowAnyOrigin } from '../cors.ts'
import type { PageAsset, PageAssets } from './page-assets.ts'

const FOR_EVER = 'public, max-age=31536000, immutable'
const ONE_HOUR = 'public, max-age=3600'

/** The page's files under a path that names their version, and those that browsers and hosts look for by a fixed name. */
export function routeAssets(server: FastifyInstance, assets: PageAssets): void {
  const options = { config: { access: 'open' }, schema: { hide: true } } as const
  server.get<{ Params: { version: string; '*': string } }>('/assets/:version/*', options, (request, reply) => {
    const asset = assets.find(request.params['*'])
    if (asset === undefined) return reply.callNotFound()
    const isCurrent = request.params.version === assets.version
    return sendAsset(request, reply, asset, isCurrent ? FOR_EVER : 'no-cache')
  })
  server.get('/favicon.svg', options, (request, reply) => sendNamed(request, reply, 'favicon.svg'))
  server.get('/widget.js', options, (_request, reply) =>
    allowAnyOrigin(reply)
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('cache-control', ONE_HOUR)
      .send(loadWidget(assets.version)),
  )
  server.get('/favicon.ico', options, (_request, reply) => reply.redirect('/favicon.svg', 301))

  function sendNamed(request: FastifyRequest, reply: FastifyReply, path: string): unknown {
    const asset = assets.find(path)
    return asset === undefined ? reply.callNotFound() : sendAsset(request, reply, asset, ONE_HOUR)
  }
}

/** A classic script, so that a plain script element is all that a host needs: it loads the widget's modules from here. */
function loadWidget(version: string): string {
  return `import(new URL('assets/${version}/widget/hum-search.ts', document.currentScript.src).href)\n`
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: PageAsset, caching: string): FastifyReply {
  const accepted = request.headers['accept-encoding'] ?? ''
  const [encoding, bytes] =
    asset.brotli && /\bbr\b/.test(accepted)
      ? (['br', asset.brotli] as const)
      : asset.gzip && /\bgzip\b/.test(accepted)
        ? (['gzip', asset.gzip] as const)
        : ([undefined, asset.bytes] as const)
  if (encoding !== undefined) reply.header('content-encoding', encoding)
  return allowAnyOrigin(reply)
    .header('content-type', asset.contentType)
    .header('cache-control', caching)
    .header('vary', 'accept-encoding')
    .header('x-content-type-options', 'nosniff')
    .send(bytes)
}
