import type { ApiToken } from './api-token.ts'

/** Keeps API tokens. A secret is known only by its hash (`hashSecret`). */
export interface ApiTokenStore {
  insert(token: ApiToken, secretHash: string): Promise<void>
  /** Also finds a revoked token; whether it may be used is for the caller to say. */
  findByHash(secretHash: string): Promise<ApiToken | undefined>
  /** All tokens, the oldest first. */
  list(): Promise<ApiToken[]>
  /** @returns false when there is no such token, or it is revoked already. */
  revoke(id: string, at: number): Promise<boolean>
}
