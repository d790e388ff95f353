import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { randomBase62 } from '../lib/base62.ts'
import { createSecret, hashSecret } from './api-token.ts'
import type { ApiToken, ApiTokenKind } from './api-token.ts'
import type { ApiTokenChanges, ApiTokenStore } from './api-token-store.ts'

/** A new token with its secret, which is shown now and can never be shown again. */
export interface CreatedApiToken {
  readonly token: ApiToken
  readonly secret: string
}

/** What may be said of a new token. */
export interface ApiTokenWishes {
  readonly name: string
  readonly kind: ApiTokenKind
  /** Makes it publishable, for pages of these origins. */
  readonly origins?: readonly string[] | undefined
  /** Makes it an admin token. */
  readonly isAdmin?: boolean | undefined
  readonly rateLimit?: number | undefined
  readonly rateWindowMs?: number | undefined
  readonly expiresAt?: number | undefined
}

/** Creates a token with an account of its own. @throws AppError `invalid_params` when a wish cannot be granted. */
export async function createApiToken(
  needs: { tokens: ApiTokenStore; clock: Clock },
  { name, kind, origins = [], isAdmin = false, rateLimit, rateWindowMs, expiresAt }: ApiTokenWishes,
): Promise<CreatedApiToken> {
  const now = needs.clock()
  checkSettings({ name, origins, rateLimit, rateWindowMs, expiresAt }, now)
  if (isAdmin && (origins.length > 0 || kind === 'test')) {
    refuse('An admin token is for programs of the operator: it is of no kind, and no page may hold it.')
  }
  return insertToken(needs, {
    id: randomBase62(10),
    accountId: randomBase62(16),
    kind,
    name: name.trim(),
    createdAt: now,
    scope: isAdmin ? 'admin' : origins.length === 0 ? 'secret' : 'publishable',
    origins: origins.length === 0 ? undefined : origins,
    rateLimit,
    rateWindowMs,
    expiresAt,
  })
}

/**
 * Changes what may be changed of a token; every process goes by it within half a second. Its scope stays, since its
 * secret tells it: only a publishable token has origins, and has to keep one.
 *
 * @throws AppError `token_not_found` when there is no such token, or it is revoked; `invalid_params` when it cannot be so.
 */
export async function changeApiToken(
  needs: { tokens: ApiTokenStore; clock: Clock },
  id: string,
  changes: ApiTokenChanges,
): Promise<ApiToken> {
  const { name, origins } = changes
  checkSettings(changes, needs.clock())
  const token = await needs.tokens.find(id)
  if (token === undefined) throw tokenNotFound()
  if (origins !== undefined && token.scope !== 'publishable') {
    refuse('Only a publishable token has origins. Create one for the pages that are to use it.')
  }
  if (origins?.length === 0) refuse('A publishable token has one origin or more.')
  if (!(await needs.tokens.change(id, { ...changes, name: name?.trim() }))) throw tokenNotFound()
  return (await needs.tokens.find(id)) ?? token
}

/**
 * Replaces a token: a new one of the same account and settings, and the old one ends after `overlapMs`, so that callers
 * can change over without a gap.
 *
 * @throws AppError `token_not_found` when there is no such token in use.
 */
export async function rotateApiToken(
  needs: { tokens: ApiTokenStore; clock: Clock },
  { id, overlapMs }: { id: string; overlapMs: number },
): Promise<CreatedApiToken> {
  const now = needs.clock()
  const old = await needs.tokens.find(id)
  if (old === undefined || old.revokedAt !== undefined) throw tokenNotFound()
  const created = await insertToken(needs, {
    ...old,
    id: randomBase62(10),
    createdAt: now,
    expiresAt: undefined,
    lastUsedAt: undefined,
  })
  // Only now: an account without a token in use would lose what its webhook is told in that moment.
  if (!(await needs.tokens.expire(id, now + overlapMs))) {
    await needs.tokens.revoke(created.token.id, now)
    throw tokenNotFound()
  }
  return created
}

/**
 * Revokes a token. Every process refuses it within half a second.
 *
 * @throws AppError `token_not_found` when there is no such token, or it is revoked already.
 */
export async function revokeApiToken(needs: { tokens: ApiTokenStore; clock: Clock }, id: string): Promise<void> {
  if (!(await needs.tokens.revoke(id, needs.clock()))) throw tokenNotFound()
}

/** What an id answers that names no token, or one that is revoked. */
export function tokenNotFound(): AppError {
  return new AppError('token_not_found', 'There is no such token in use. `hum tokens list` shows the ids.')
}

async function insertToken({ tokens }: { tokens: ApiTokenStore }, token: ApiToken): Promise<CreatedApiToken> {
  const secret = createSecret(token.kind, token.scope)
  await tokens.insert(token, hashSecret(secret))
  return { token, secret }
}

/** Checks what is given of a token's settings. @throws AppError `invalid_params`, which says what is wrong. */
function checkSettings({ name, origins = [], rateLimit, rateWindowMs, expiresAt }: ApiTokenChanges, now: number): void {
  if (name !== undefined && (name.trim() === '' || name.length > 100)) {
    refuse('Give the token a name of 1 to 100 characters, to know it by in the list.')
  }
  for (const origin of origins) {
    if (!isOrigin(origin)) refuse('An origin is a scheme and a host, such as https://example.com, without a path.')
  }
  if (isGiven(rateLimit) && !(Number.isInteger(rateLimit) && rateLimit > 0)) {
    refuse('A rate limit is a whole number of requests, 1 or more.')
  }
  if (isGiven(rateWindowMs) && !(rateWindowMs >= 1000 && rateWindowMs <= 24 * 3_600_000)) {
    refuse('A rate window lasts from a second to a day.')
  }
  if (isGiven(expiresAt) && !(expiresAt > now)) refuse('The token would have expired already.')
}

function isGiven<Value>(value: Value): value is NonNullable<Value> {
  return value !== undefined && value !== null
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

function refuse(message: string): never {
  throw new AppError('invalid_params', message)
}
