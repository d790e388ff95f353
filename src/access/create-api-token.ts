import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { randomBase62 } from '../lib/random-base62.ts'
import { createSecret, hashSecret } from './api-token.ts'
import type { ApiToken, ApiTokenKind } from './api-token.ts'
import type { ApiTokenStore } from './api-token-store.ts'

/** A new token with its secret, which is shown now and can never be shown again. */
export interface CreatedApiToken {
  readonly token: ApiToken
  readonly secret: string
}

/** Creates a token with an account of its own. @throws AppError `settings_invalid` when the name is blank or too long. */
export async function createApiToken(
  { tokens, clock }: { tokens: ApiTokenStore; clock: Clock },
  { name, kind }: { name: string; kind: ApiTokenKind },
): Promise<CreatedApiToken> {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > 100) {
    throw new AppError('settings_invalid', 'Give the token a name of 1 to 100 characters, to know it by in the list.')
  }
  const secret = createSecret(kind)
  const token = { id: randomBase62(10), accountId: randomBase62(16), kind, name: trimmed, createdAt: clock() }
  await tokens.insert(token, hashSecret(secret))
  return { token, secret }
}
