import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../lib/clock.ts'
import { AppError } from '../../lib/errors.ts'
import type { CurrentLookUps } from '../../sessions/look-ups.ts'
import type { OutboundLinks } from '../../sessions/outbound-links.ts'
import type { UsageStore } from '../../sessions/usage-store.ts'
import { ERROR_STATUS } from '../error-status.ts'
import { LINK_ROUTE } from './link-path.ts'
import { logOf } from '../operations/observe-requests.ts'

type LinkRequest = FastifyRequest<{
  Params: { providerId: string }
  Querystring: { brand?: unknown; security_token?: unknown }
}>

const LINK_UNKNOWN =
  'This link leads nowhere: it was changed on the way, or is not from here. Look the address up again.'
const LINK_EXPIRED = 'This link is over: links are good for 24 hours. Look the address up again for new ones.'

/** What the routes of links out work with. */
export interface LinkNeeds {
  /** Absent when links lead straight to the providers' sites. */
  readonly links?: OutboundLinks | undefined
  readonly usage: UsageStore
}

/**
 * `GET /go/{FCC provider id}?brand=…&security_token=…`: leads to the provider's own site, as the directory or its labels
 * have it, and counts that for the campaign. The site is never part of the link.
 *
 * A caller learns of no address here, and the site learns nothing of where the visitor comes from.
 */
export function routeLinks(
  server: FastifyInstance,
  { links, usage, lookUps, clock }: LinkNeeds & { lookUps: CurrentLookUps; clock: Clock },
): void {
  if (links === undefined) return
  server.get(LINK_ROUTE, { config: { access: 'optional' }, schema: { hide: true } }, (request: LinkRequest, reply) => {
    reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .header('x-robots-tag', 'noindex, nofollow')
    const providerId = /^\d{1,9}$/.test(request.params.providerId) ? Number(request.params.providerId) : Number.NaN
    const { brand = '', security_token: securityToken } = request.query
    const link = links.open(typeof securityToken === 'string' ? securityToken : '')
    if (link.outcome === 'expired') return refuse(request, reply, new AppError('link_expired', LINK_EXPIRED))
    const website = link.outcome === 'valid' ? findSite(lookUps, providerId, String(brand)) : undefined
    if (link.outcome !== 'valid' || website === undefined) {
      return refuse(request, reply, new AppError('link_unknown', LINK_UNKNOWN))
    }
    if (isVisit(request)) {
      const { accountId, campaignId } = link
      // The visitor does not wait for the count.
      usage.countClick({ at: clock(), accountId, campaignId, providerId }).catch((error: unknown) => {
        logOf(request).warn({ err: error }, 'a followed link was not counted')
      })
    }
    return reply.redirect(website, 302)
  })
}

/** Providers of the sandbox have ids that no real one has. */
function findSite(lookUps: CurrentLookUps, providerId: number, brandName: string): string | undefined {
  const known = [lookUps('live'), lookUps('test')].find(({ findProviderName }) => findProviderName(providerId))
  return known?.findProviderProfile(providerId, brandName).website?.value
}

/** Checks of whether the link is there, and browsers that fetch ahead, follow nothing. */
function isVisit({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && headers['sec-purpose'] === undefined
}

/** People get a page, programs the usual JSON. */
function refuse({ headers }: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  if (headers.accept?.includes('text/html') !== true) throw error
  return reply
    .code(ERROR_STATUS[error.code])
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    .header('x-content-type-options', 'nosniff')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hum</title><h1>This link cannot be followed</h1><p>${error.message}</p><p><a href="/">Look an address up</a></p></html>`,
    )
}
