import type { Clock } from '../lib/clock.ts'
import type { Eventual } from '../lib/when-there.ts'
import { hashSecret, isWellFormedSecret, SANDBOX_SECRET, SANDBOX_TOKEN } from './api-token.ts'
import type { ApiToken } from './api-token.ts'
import type { ApiTokenStore } from './api-token-store.ts'

/** How long a look-up is believed, from when it was asked: a revocation by another process takes effect within this time. */
const BELIEVED_MS = 500
const MAX_REMEMBERED = 10_000

/** Tells whose secret a text is; `undefined` when it opens nothing. */
export type Authenticator = (secret: string) => Eventual<ApiToken | undefined>

/**
 * Looks secrets up by their hash, so that no comparison runs along the secret itself, and remembers an answer for
 * half a second. Text that cannot be a secret never reaches the store.
 */
export function createAuthenticator({
  tokens,
  clock,
  servesTests,
  isSandbox,
}: {
  tokens: ApiTokenStore
  clock: Clock
  /** Whether there is a sandbox for test tokens, by itself or beside the operator's data. */
  servesTests: () => boolean
  /** Whether nothing but the sandbox is served, which `hum_test_sandbox` opens. */
  isSandbox: () => boolean
}): Authenticator {
  const remembered = new Map<string, { readonly token: ApiToken | undefined; readonly at: number }>()

  async function lookUp(secretHash: string): Promise<ApiToken | undefined> {
    // A store that is slow to answer may tell how things were when it was asked.
    const at = clock()
    const token = await tokens.findByHash(secretHash)
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    remembered.set(secretHash, { token, at })
    return openedBy(token)
  }

  /** An answer from the future was remembered before the clock was set back. */
  const isFresh = (at: number): boolean => at <= clock() && clock() < at + BELIEVED_MS

  const openedBy = (token: ApiToken | undefined): ApiToken | undefined =>
    token !== undefined && isInUse(token, clock()) && (token.kind === 'live' || servesTests()) ? token : undefined

  return (secret) => {
    if (secret === SANDBOX_SECRET) return isSandbox() ? SANDBOX_TOKEN : undefined
    if (!isWellFormedSecret(secret)) return undefined
    const secretHash = hashSecret(secret)
    const known = remembered.get(secretHash)
    return known !== undefined && isFresh(known.at) ? openedBy(known.token) : lookUp(secretHash)
  }
}

/** Whether a token has neither been revoked nor expired. */
function isInUse({ revokedAt, expiresAt }: ApiToken, now: number): boolean {
  return revokedAt === undefined && (expiresAt === undefined || now < expiresAt)
}
