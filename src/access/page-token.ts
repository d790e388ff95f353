import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../lib/clock.ts'
import { randomBase62 } from '../lib/base62.ts'
import type { ApiToken } from './api-token.ts'

const PREFIX = 'hum_page_'

/** How the accounts of page tokens begin, and no others. */
export const PAGE_ACCOUNT_PREFIX = 'page-'

const SHAPE = /^hum_page_([0-9A-Za-z]{16})\.([0-9a-z]{1,9})\.([\w-]{43})$/
const LIFE_MS = 12 * 60 * 60 * 1000

/** Tokens that the server gives to its own page, so that the page can call the API without anybody creating one. */
export interface PageTokens {
  /** A new token for a page that somebody has asked for. */
  issue(): string
  /** What a token stands for; `undefined` when it is none of ours, changed, or past its time. */
  open(secret: string): ApiToken | undefined
}

/**
 * Makes page tokens: good for twelve hours, each with an account of its own, so that no page sees the sessions of
 * another. Anybody can have one, so that it says nothing about its holder: whoever lets callers in counts its requests
 * by where they come from.
 *
 * Nothing is stored: a token is signed with `secret`, which every process that serves the page has to share. Without
 * one a random secret lasts as long as the process.
 */
export function createPageTokens({ clock, secret }: { clock: Clock; secret?: string | undefined }): PageTokens {
  const key = secret ?? randomBytes(32)
  const sign = (text: string): Buffer => createHmac('sha256', key).update(text).digest()

  return {
    issue: () => {
      const body = `${PREFIX}${randomBase62(16)}.${(clock() + LIFE_MS).toString(36)}`
      return `${body}.${sign(body).toString('base64url')}`
    },
    open: (text) => {
      const [, account = '', expiry = '', signature = ''] = SHAPE.exec(text) ?? []
      const expiresAt = Number.parseInt(expiry, 36)
      if (account === '' || expiresAt <= clock()) return undefined
      const expected = sign(text.slice(0, -signature.length - 1))
      if (!timingSafeEqual(expected, Buffer.from(signature, 'base64url'))) return undefined
      return {
        id: 'page',
        accountId: PAGE_ACCOUNT_PREFIX + account,
        kind: 'live',
        name: 'Page',
        createdAt: expiresAt - LIFE_MS,
        scope: 'page',
      }
    },
  }
}
