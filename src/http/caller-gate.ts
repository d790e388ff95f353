import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiToken, ApiTokenKind } from '../access/api-token.ts'
import type { Authenticator } from '../access/authenticator.ts'
import type { RateLimiter, RateWindow } from '../access/rate-limiter.ts'
import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { oncePerObject } from '../lib/once-per-object.ts'
import { whenThere } from '../lib/when-there.ts'
import type { Eventual } from '../lib/when-there.ts'
import { checkPageUse, NOT_AUTHORIZED } from './check-page-use.ts'

/**
 * Who may call a route: `token` needs a valid API token, `optional` takes none but refuses a wrong one, `open` asks
 * for nothing and is not counted against the rate limit. `admin` needs an admin token, which no other route takes.
 */
export type RouteAccess = 'token' | 'optional' | 'open' | 'admin'

declare module 'fastify' {
  interface FastifyRequest {
    /** The token that let the request in. Read it by `CallerGate`. */
    caller?: ApiToken | undefined
  }
  interface FastifyContextConfig {
    /** `token` when it is left out. */
    access?: RouteAccess
    /** Requests of the route do not count against the rate limit; they are refused when it is reached. */
    isUncounted?: boolean
  }
}

/** Lets callers in: knows them by their API token, counts their requests, and says on each answer how they stand. */
export interface CallerGate {
  /** For `onRequest`. @throws AppError `unauthorized` or `rate_limited`, after the rate headers are set. */
  admit(request: FastifyRequest, reply: FastifyReply): Eventual<void>
  /** Counts a connection that never became a request, and gives the rate headers for its answer. */
  countConnection(ip: string): Promise<Record<string, number | string>>
  /** The token that let a request into a `token` or `admin` route. */
  callerOf(request: FastifyRequest): ApiToken
  /** Which data a request is answered from; a caller without a token gets the operator's. */
  kindOf(request: FastifyRequest): ApiTokenKind
}

const NO_TOKEN = `${NOT_AUTHORIZED} Send an API token in the header "Authorization: Bearer <token>".`
const WRONG_TOKEN = `${NOT_AUTHORIZED} The API token is unknown, revoked, or not for the data that is served here.`
const NO_ADMIN_TOKEN = `${NOT_AUTHORIZED} Send an admin token, which "hum tokens create --admin" makes, in the header "Authorization: Bearer <token>".`
const ADMIN_TOKEN = `${NOT_AUTHORIZED} An admin token opens only the paths below /admin.`

/** What is allowed in a minute where a token has no limit of its own. */
const WINDOW_MS = 60_000

const BEARER = /^Bearer +(\S+) *$/i

/** `rateLimit` requests a minute are let through for each token, or each caller's address where there is none of an operator's. */
export function createCallerGate({
  authenticate,
  limiter,
  rateLimit,
  clock,
  onUsed,
}: {
  authenticate: Authenticator
  limiter: RateLimiter
  rateLimit: number
  clock: Clock
  /** Told of each request that a token let in, other than the page's. */
  onUsed: (token: ApiToken) => void
}): CallerGate {
  function count(request: FastifyRequest, reply: FastifyReply, token: ApiToken | undefined): Eventual<void> {
    const { config } = request.routeOptions
    const access = request.is404 ? 'optional' : (config.access ?? 'token')
    const isUncounted = access === 'open' || config.isUncounted === true
    const rule = { limit: token?.rateLimit ?? rateLimit, windowMs: token?.rateWindowMs ?? WINDOW_MS }
    const window = limiter.take(countedAs(request, token), rule, isUncounted ? 0 : 1)
    return whenThere(window, (counted) => decide(request, reply, { token, access, window: counted }))
  }

  function decide(
    request: FastifyRequest,
    reply: FastifyReply,
    { token, access, window }: { token: ApiToken | undefined; access: RouteAccess; window: RateWindow },
  ): void {
    const now = clock()
    reply.headers(rateHeadersOf(window, now))
    if (!window.isAllowed) {
      const seconds = secondsUntil(window.resetsAt, now)
      reply.header('Retry-After', seconds)
      throw new AppError('rate_limited', `Too many requests. Please try again later, in ${seconds} seconds.`)
    }
    const hasCredentials = request.headers.authorization !== undefined
    if (token !== undefined && isMeantFor(token, access, request.is404)) {
      checkPageUse(request, token)
      request.caller = token
      if (token.scope !== 'page') onUsed(token)
    } else if (access === 'admin' || access === 'token' || (access === 'optional' && hasCredentials)) {
      reply.header('WWW-Authenticate', 'Bearer')
      throw new AppError('unauthorized', refusalOf(token, access, hasCredentials))
    }
  }

  return {
    admit: (request, reply) => {
      const secret = BEARER.exec(request.headers.authorization ?? '')?.[1]
      const token = secret === undefined ? undefined : authenticate(secret)
      return whenThere(token, (known) => count(request, reply, known))
    },
    countConnection: async (ip) =>
      rateHeadersOf(await limiter.take(`ip ${networkOf(ip)}`, { limit: rateLimit, windowMs: WINDOW_MS }, 1), clock()),
    callerOf: ({ caller }) => {
      if (caller === undefined) throw new Error('The route lets callers in without a token.')
      return caller
    },
    kindOf: ({ caller }) => caller?.kind ?? 'live',
  }
}

/**
 * Who is counted. Anybody can have the page's token, and as many as he likes, so that its requests are counted by where
 * they come from; apart from those without a token, since somebody who guesses tokens must not lock the page.
 */
function countedAs(request: FastifyRequest, token: ApiToken | undefined): string {
  if (token === undefined) return `ip ${networkOf(request.ip)}`
  return token.scope === 'page' ? `page ${networkOf(request.ip)}` : ownKeyOf(token)
}

const ownKeyOf = oncePerObject(({ id }: ApiToken) => `token ${id}`)

/** Admin tokens and admin routes are for each other alone; where nothing is, it does not matter. */
function isMeantFor({ scope }: ApiToken, access: RouteAccess, is404: boolean): boolean {
  return is404 || (scope === 'admin') === (access === 'admin')
}

function refusalOf(token: ApiToken | undefined, access: RouteAccess, hasCredentials: boolean): string {
  if (access === 'admin') return NO_ADMIN_TOKEN
  if (token !== undefined) return ADMIN_TOKEN
  return hasCredentials ? WRONG_TOKEN : NO_TOKEN
}

/** The documented headers, and those that the IETF's draft on rate limits gives the same facts in. */
function rateHeadersOf(
  { limit, remaining, resetsAt, windowMs }: RateWindow,
  now: number,
): Record<string, number | string> {
  return {
    'x-ratelimit-limit': limit,
    'x-ratelimit-remaining': remaining,
    'x-ratelimit-reset': Math.ceil(resetsAt / 1000),
    'ratelimit-policy': `"default";q=${limit};w=${windowMs / 1000}`,
    ratelimit: `"default";r=${remaining};t=${secondsUntil(resetsAt, now)}`,
  }
}

function secondsUntil(time: number, now: number): number {
  return Math.max(1, Math.ceil((time - now) / 1000))
}

/** One caller: an IPv4 address, or the 64-bit network that an IPv6 address lies in, all of which one caller may hold. */
function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip
  const mapped = /^::ffff:([\d.]+)$/i.exec(ip)?.[1]
  return mapped ?? [...(ip.split('::')[0] ?? '').split(':'), '0', '0', '0'].slice(0, 4).join(':')
}
