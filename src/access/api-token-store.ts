import type { ApiToken } from './api-token.ts'

/** What may be changed of a token. What is absent stays as it is; `null` takes the token's own setting away. */
export interface ApiTokenChanges {
  readonly name?: string | undefined
  readonly origins?: readonly string[] | undefined
  readonly rateLimit?: number | null | undefined
  readonly rateWindowMs?: number | null | undefined
  readonly expiresAt?: number | null | undefined
}

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
  /** @returns false when there is no such token, or it is revoked. */
  change(id: string, changes: ApiTokenChanges): Promise<boolean>
  /** Lets a token end at a time, unless it ends before. @returns false when there is no such token in use. */
  expire(id: string, at: number): Promise<boolean>
  /** Records when tokens were last used, by id; never moves the time backwards. */
  recordUsed(used: ReadonlyMap<string, number>): Promise<void>
}
