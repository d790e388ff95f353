import { hash } from 'node:crypto'
import type { ApiTokenKind } from '../access/api-token.ts'
import type { Clock } from '../lib/clock.ts'
import { AppError, isUnavailable } from '../lib/errors.ts'
import { createSession } from './create-session.ts'
import { getSession } from './get-session.ts'
import type { IdempotencyClaim, IdempotencyStore } from './idempotency-store.ts'
import { createSessionToken } from './session-token.ts'
import type { Session, SessionParams } from './session.ts'

/** How long a key is remembered. */
export const KEEP_KEYS_MS = 24 * 3_600_000

/**
 * A request that has not stored its session by then has probably died, and the same request takes it over. Should it live
 * all the same, both are for one session token, so that only one of them is stored.
 */
const GIVEN_UP_MS = 5_000

/** Lets requests be taken over at once that others had under way, on behalf of a process that starts after one has died. */
export async function giveUpOlderRequests(needs: { idempotency: IdempotencyStore; clock: Clock }): Promise<void> {
  await needs.idempotency.redateSince(needs.clock() - GIVEN_UP_MS)
}

/** A session, and whether an earlier request with the same key had opened it. */
export interface CreatedSession {
  readonly session: Session
  readonly isRepeated: boolean
}

/**
 * Opens a session like `createSession`; with an idempotency key at most once in 24 hours, however often the request is
 * sent, after a crash too.
 *
 * @throws AppError `invalid_params` when the key was used with other parameters, `request_in_progress` while the first
 *   request with it is still being answered, `session_closed` when the session that it opened has ended.
 */
export async function createSessionOnce(
  needs: Parameters<typeof createSession>[0] & Parameters<typeof getSession>[0] & { idempotency: IdempotencyStore },
  {
    accountId,
    kind,
    params,
    budgetMs,
    idempotencyKey: key,
  }: {
    accountId: string
    kind: ApiTokenKind
    params: SessionParams
    budgetMs?: number | undefined
    idempotencyKey?: string | undefined
  },
): Promise<CreatedSession> {
  if (key === undefined) {
    return { session: await createSession(needs, { accountId, kind, params }, budgetMs), isRepeated: false }
  }
  const { idempotency, clock } = needs
  const now = clock()
  const own: IdempotencyClaim = {
    accountId,
    key,
    fingerprint: hash('sha256', JSON.stringify(params), 'hex'),
    sessionToken: createSessionToken(now),
    claimedAt: now,
  }
  const claim = await idempotency.claim(own, now - KEEP_KEYS_MS)
  const token = claim.sessionToken
  if (claim.fingerprint !== own.fingerprint) {
    throw new AppError(
      'invalid_params',
      'This Idempotency-Key was used with other parameters. Give each request its own.',
    )
  }
  if (token !== own.sessionToken) {
    if ((await needs.sessions.find(token)) !== undefined) {
      return { session: await getSession(needs, accountId, token), isRepeated: true }
    }
    // A claim far in the future was made before the clock was set back.
    if (Math.abs(now - claim.claimedAt) < GIVEN_UP_MS) {
      throw new AppError(
        'request_in_progress',
        'A request with this Idempotency-Key is still being answered. Send it again in a moment.',
      )
    }
  }
  try {
    return { session: await createSession(needs, { token, accountId, kind, params }, budgetMs), isRepeated: false }
  } catch (error) {
    // A store that did not answer may have stored the session all the same: the key goes on standing for it, so that
    // sending the request again, which is free at once, never opens a second one. The caller does not wait for that.
    idempotency.redate(claim, now - GIVEN_UP_MS).catch(() => {})
    if (isUnavailable(error) || (await needs.sessions.find(token)) === undefined) throw error
    // The same request was taken over by two at the same moment, and the other was quicker.
    return { session: await getSession(needs, accountId, token), isRepeated: true }
  }
}
