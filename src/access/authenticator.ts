import type { Clock } from '../lib/clock.ts'
import { hashSecret, isWellFormedSecret, SANDBOX_SECRET, SANDBOX_TOKEN } from './api-token.ts'
import type { ApiToken } from './api-token.ts'
import type { ApiTokenStore } from './api-token-store.ts'

/** How long a look-up is believed: a revocation by another process takes effect within this time. */
const BELIEVED_MS = 500
const MAX_REMEMBERED = 10_000

/** Tells whose secret a text is; `undefined` when it opens nothing. */
export type Authenticator = (secret: string) => ApiToken | undefined | Promise<ApiToken | undefined>

/**
 * Looks secrets up by their hash, so that no comparison runs along the secret itself, and remembers an answer for
 * half a second. Text that cannot be a secret never reaches the store.
 */
export function createAuthenticator({
  tokens,
  clock,
  acceptsSandboxToken,
}: {
  tokens: ApiTokenStore
  clock: Clock
  /** Whether `hum_test_sandbox` opens: only where the sandbox data set is served. */
  acceptsSandboxToken: () => boolean
}): Authenticator {
  const remembered = new Map<string, { readonly token: ApiToken | undefined; readonly until: number }>()

  async function findUsable(secretHash: string): Promise<ApiToken | undefined> {
    const found = await tokens.findByHash(secretHash)
    const token = found?.revokedAt === undefined ? found : undefined
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    remembered.set(secretHash, { token, until: clock() + BELIEVED_MS })
    return token
  }

  return (secret) => {
    if (secret === SANDBOX_SECRET) return acceptsSandboxToken() ? SANDBOX_TOKEN : undefined
    if (!isWellFormedSecret(secret)) return undefined
    const secretHash = hashSecret(secret)
    const known = remembered.get(secretHash)
    return known !== undefined && clock() < known.until ? known.token : findUsable(secretHash)
  }
}
