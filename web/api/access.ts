/** The API token that calls are made with. */
export interface Access {
  readonly token: string
  /** Gets another token in place of one that the API refused; false where there is none to be had. */
  renew(): Promise<boolean>
}

/**
 * Access with a token, and with what fetches a new one: the page's own token ends after twelve hours, or when the server
 * starts anew without its state. Without `fetchToken` the token is all there is.
 */
export function createAccess(token: string, fetchToken?: () => Promise<string | undefined>): Access {
  let current = token
  return {
    get token() {
      return current
    },
    renew: async () => {
      const next = await fetchToken?.().catch(() => undefined)
      if (next === undefined || next === current) return false
      current = next
      return true
    },
  }
}
