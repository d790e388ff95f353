import type { Clock } from '../lib/clock.ts'
import type { ApiToken } from './api-token.ts'
import type { ApiTokenStore } from './api-token-store.ts'

/** Remembers when tokens were last used, and writes that down now and then instead of each time. */
export interface LastUsed {
  touch(token: ApiToken): void
  /** Writes what has come together since the last call. */
  flush(): Promise<void>
}

export function createLastUsed({ tokens, clock }: { tokens: ApiTokenStore; clock: Clock }): LastUsed {
  let used = new Map<string, number>()
  return {
    touch: ({ id }) => {
      used.set(id, clock())
    },
    flush: async () => {
      if (used.size === 0) return
      const batch = used
      used = new Map()
      await tokens.recordUsed(batch)
    },
  }
}
