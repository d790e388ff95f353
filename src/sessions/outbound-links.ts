import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../lib/clock.ts'
import type { Session } from './session.ts'
import { countedAccount } from './usage-store.ts'

/** How long the links of a session lead anywhere, from when it was created. */
const LIFE_MS = 24 * 3_600_000

const SIGNATURE_BYTES = 32
const EXPIRY_BYTES = 4
const SESSION_TAG_BYTES = 8
const ACCOUNT_OFFSET = EXPIRY_BYTES + SESSION_TAG_BYTES
const LEAST_BYTES = SIGNATURE_BYTES + ACCOUNT_OFFSET + 1

/** What a `security_token` says. */
export type OpenedLink =
  | { readonly outcome: 'valid'; readonly accountId: string; readonly campaignId: string }
  | { readonly outcome: 'expired' }
  /** None of ours, or changed. */
  | { readonly outcome: 'unknown' }

/** The signatures of links that lead through this server to the sites of providers. */
export interface OutboundLinks {
  /** The `security_token` of all links of a session: the same in each of its answers. */
  sign(session: Pick<Session, 'token' | 'accountId' | 'createdAt' | 'params'>): string
  open(securityToken: string): OpenedLink
}

/**
 * Signs links with HMAC-SHA256 under `secret`, which every process that answers has to share.
 *
 * A token holds its expiry, a short hash of the session (the session itself cannot be read from it), and the account and
 * campaign that it is counted for, so that following a link needs no session, which may have ended by then.
 */
export function createOutboundLinks({ secret, clock }: { secret: string; clock: Clock }): OutboundLinks {
  // Prepared once, which makes a signature four times as fast as a key of bytes does.
  const key = createSecretKey(secret, 'utf8')
  const signatureOf = (claims: Buffer): Buffer => createHmac('sha256', key).update(claims).digest()

  return {
    sign: ({ token, accountId, createdAt, params }) => {
      const expiry = Buffer.alloc(EXPIRY_BYTES)
      expiry.writeUInt32BE(Math.floor((createdAt + LIFE_MS) / 1000))
      const sessionTag = hash('sha256', token, 'buffer').subarray(0, SESSION_TAG_BYTES)
      const account = Buffer.from(countedAccount({ accountId }))
      const claims = Buffer.concat([
        expiry,
        sessionTag,
        Buffer.of(account.length),
        account,
        Buffer.from(params.campaignId ?? ''),
      ])
      return Buffer.concat([signatureOf(claims), claims]).toString('base64url')
    },
    open: (securityToken) => {
      const bytes = Buffer.from(securityToken, 'base64url')
      // Decoding passes over characters that do not belong; a changed token is refused all the same.
      if (bytes.length < LEAST_BYTES || bytes.toString('base64url') !== securityToken) return { outcome: 'unknown' }
      const claims = bytes.subarray(SIGNATURE_BYTES)
      if (!timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), signatureOf(claims))) return { outcome: 'unknown' }
      if (claims.readUInt32BE() * 1000 <= clock()) return { outcome: 'expired' }
      const accountEnd = ACCOUNT_OFFSET + 1 + claims.readUInt8(ACCOUNT_OFFSET)
      return {
        outcome: 'valid',
        accountId: claims.subarray(ACCOUNT_OFFSET + 1, accountEnd).toString(),
        campaignId: claims.subarray(accountEnd).toString(),
      }
    },
  }
}
