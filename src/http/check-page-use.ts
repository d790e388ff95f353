import type { FastifyRequest } from 'fastify'
import type { ApiToken } from '../access/api-token.ts'
import { AppError } from '../lib/errors.ts'

/** The documented text, before whatever tells what to do. */
export const NOT_AUTHORIZED = 'You are not authorized to access this resource.'
const FOREIGN_ORIGIN = `${NOT_AUTHORIZED} This publishable token may only be used by pages of its origins.`
const FOREIGN_PAGE = `${NOT_AUTHORIZED} This token may only be used by this server's own page. Create one with "hum tokens create".`
const TOO_MUCH = `${NOT_AUTHORIZED} A publishable token may only look addresses up.`
const MORE_THAN_PAGE = `${NOT_AUTHORIZED} The page's token may only look addresses up. Create one with "hum tokens create".`

const OF_PUBLISHABLE = new Set([
  'POST /sessions',
  'POST /sessions/:token/select',
  'POST /addresses/suggest',
  'POST /addresses/parse',
])
const OF_PAGE = new Set([...OF_PUBLISHABLE, 'DELETE /sessions/:token'])

/**
 * Holds tokens that stand in pages for all to read to what pages do: read, and open sessions.
 *
 * A publishable token is for pages of its origins. The token of the server's own page is for that page alone, so that
 * no other site serves its visitors with it: browsers say on each request whether it comes from the same origin
 * (`Sec-Fetch-Site`, which no script can set and no proxy has a reason to change).
 *
 * @throws AppError `unauthorized`
 */
export function checkPageUse(request: FastifyRequest, { scope, origins }: ApiToken): void {
  if (scope === 'secret' || scope === 'admin') return
  const isPublishable = scope === 'publishable'
  const { origin, 'sec-fetch-site': site = 'same-origin' } = request.headers
  if (isPublishable && (origin === undefined || origins?.includes(origin) !== true))
    throw new AppError('unauthorized', FOREIGN_ORIGIN)
  if (!isPublishable && site !== 'same-origin') throw new AppError('unauthorized', FOREIGN_PAGE)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const operation = `${request.method} ${request.routeOptions.url ?? ''}`
  if (!isRead && !(isPublishable ? OF_PUBLISHABLE : OF_PAGE).has(operation))
    throw new AppError('unauthorized', isPublishable ? TOO_MUCH : MORE_THAN_PAGE)
}
