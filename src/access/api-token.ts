import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { randomBase62 } from '../lib/base62.ts'

/** A test token is answered from the sandbox data set, a live one from the operator's. */
export type ApiTokenKind = 'live' | 'test'

/**
 * What a token may do. A secret one may do everything for its account. A publishable one stands in pages for all to
 * read: it may open and read sessions, and only from pages of its origins. One of the page the server itself has made
 * for its own page, which alone may use it. An admin one opens the paths below `/admin` and nothing else.
 */
export type ApiTokenScope = 'secret' | 'publishable' | 'page' | 'admin'

/** What is kept of an API token: everything but the token itself. Times are milliseconds since 1970. */
export interface ApiToken {
  /** Names the token in lists and logs; public, and of no use as a credential. */
  readonly id: string
  /** Whose sessions its holder sees. */
  readonly accountId: string
  readonly kind: ApiTokenKind
  readonly name: string
  readonly createdAt: number
  readonly scope: ApiTokenScope
  /** Where pages that use a publishable token may come from: `https://example.com`. */
  readonly origins?: readonly string[] | undefined
  /** Requests allowed in a window, where it is not the server's setting. */
  readonly rateLimit?: number | undefined
  /** Length of the window; a minute where it is not said. */
  readonly rateWindowMs?: number | undefined
  readonly expiresAt?: number | undefined
  readonly revokedAt?: number | undefined
  /** Known to within some seconds. */
  readonly lastUsedAt?: number | undefined
}

/** The one token that needs no creating. It works only where nothing but the sandbox is served. */
export const SANDBOX_SECRET = 'hum_test_sandbox'

export const SANDBOX_TOKEN: ApiToken = {
  id: 'sandbox',
  accountId: 'sandbox',
  kind: 'test',
  name: 'Sandbox',
  createdAt: 0,
  scope: 'secret',
}

const PREFIXES: Readonly<Partial<Record<ApiTokenScope, string>>> = { publishable: 'pub', admin: 'admin' }
const RANDOM_CHARACTERS = 30
const CHECKSUM_CHARACTERS = 6
const SHAPE = new RegExp(`^hum_(?:live|test|pub|admin)_[0-9A-Za-z]{${RANDOM_CHARACTERS + CHECKSUM_CHARACTERS}}$`)

/**
 * Makes the secret of a new token: `hum_pub_` or `hum_admin_` after its scope, else `hum_live_` or `hum_test_` after its
 * kind; then 30 random letters and digits (178 bits), and six that are the CRC-32 of all before them.
 *
 * Prefix and checksum let secret scanners find a leaked token without asking anybody: the shape is
 * `hum_(live|test|pub|admin)_[0-9A-Za-z]{36}`.
 */
export function createSecret(kind: ApiTokenKind, scope: ApiTokenScope = 'secret'): string {
  const body = `hum_${PREFIXES[scope] ?? kind}_${randomBase62(RANDOM_CHARACTERS)}`
  return body + checksum(body)
}

/** Whether a text can be a secret that `createSecret` made; what cannot be needs no look-up. */
export function isWellFormedSecret(text: string): boolean {
  return SHAPE.test(text) && text.endsWith(checksum(text.slice(0, -CHECKSUM_CHARACTERS)))
}

/** SHA-256 in hexadecimal: the only form in which a secret is stored. It is random enough to need no salt or stretching. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex')
}

function checksum(text: string): string {
  return crc32(text).toString(36).padStart(CHECKSUM_CHARACTERS, '0').slice(-CHECKSUM_CHARACTERS)
}
