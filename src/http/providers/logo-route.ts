import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { CurrentLookUps } from '../../sessions/look-ups.ts'
import { drawMonogram } from '../../internet/directory/draw-monogram.ts'
import { allowAnyOrigin } from '../cors.ts'

/** An operator's own logos, by the ending that tells their type. */
const TYPES: readonly (readonly [ending: string, contentType: string])[] = [
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['webp', 'image/webp'],
]

const MONOGRAM = /^(\d{1,9})\.svg$/

/**
 * `GET /logos/{FCC provider id}.svg`: the operator's own file of that id where there is one, else a neutral monogram
 * drawn from the provider's name. No trademark is shipped.
 */
export function routeLogos(
  server: FastifyInstance,
  { lookUps, logos }: { lookUps: CurrentLookUps; logos?: string | undefined },
): void {
  server.get<{ Params: { file: string } }>(
    '/logos/:file',
    { config: { access: 'open' }, schema: { hide: true } },
    (request, reply) => {
      const providerId = MONOGRAM.exec(request.params.file)?.[1]
      if (providerId === undefined) return reply.callNotFound()
      const own = logos === undefined ? undefined : findLogo(logos, providerId)
      const name = own === undefined ? findName(lookUps, Number(providerId)) : undefined
      if (own === undefined && name === undefined) return reply.callNotFound()
      return allowAnyOrigin(reply)
        .header('content-type', own?.contentType ?? 'image/svg+xml')
        .header('cache-control', 'public, max-age=3600')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .send(own?.bytes ?? drawMonogram(name ?? ''))
    },
  )
}

/** Providers of the sandbox have ids that no real one has. */
function findName(lookUps: CurrentLookUps, providerId: number): string | undefined {
  return lookUps('live').findProviderName(providerId) ?? lookUps('test').findProviderName(providerId)
}

function findLogo(folder: string, providerId: string): { contentType: string; bytes: Buffer } | undefined {
  for (const [ending, contentType] of TYPES) {
    try {
      return { contentType, bytes: readFileSync(join(folder, `${providerId}.${ending}`)) }
    } catch {
      // Not there under this ending.
    }
  }
  return undefined
}
