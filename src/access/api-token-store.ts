import type { ApiToken } from './api-token.ts'

/** Keeps API tokens. A secret is known only by its hash (`hashSecret`). */
export interface ApiTokenStore {
  insert(token: ApiToken, secretHash: string): Promise<void>
  /** Also finds a token that is revoked or has expired; whether it may be used is for the caller to say. */
  findByHash(secretHash: string): Promise<ApiToken | undefined>
  /** All tokens, the oldest first. */
  list(): Promise<ApiToken[]>
  find(id: string): Promise<ApiToken | undefined>
  /** @returns false when there is no such token, or it is revoked already. */
  revoke(id: string, at: number): Promise<boolean>
  /** Lets a token end at a time, unless it ends before. @returns false when there is no such token in use. */
  expire(id: string, at: number): Promise<boolean>
  /** Records when tokens were last used, by id; never moves the time backwards. */
  recordUsed(used: ReadonlyMap<string, number>): Promise<void>
}
