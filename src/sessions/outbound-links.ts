import { createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../lib/clock.ts'
import type { Session } from './session.ts'

/** How long the links of a session lead anywhere, from when it was created. */
const LIFE_MS = 24 * 3_600_000

const SIGNATURE_BYTES = 32
const EXPIRY_BYTES = 4
const SESSION_TAG_BYTES = 8
const LEAST_BYTES = SIGNATURE_BYTES + EXPIRY_BYTES + SESSION_TAG_BYTES

/** What a `security_token` says. */
export type OpenedLink =
  | { readonly outcome: 'valid'; readonly campaignId: string }
  | { readonly outcome: 'expired' }
  /** None of ours, or changed. */
  | { readonly outcome: 'unknown' }

/** The signatures of links that lead through this server to the sites of providers. */
export interface OutboundLinks {
  /** The `security_token` of all links of a session: the same in each of its answers. */
  sign(session: Pick<Session, 'token' | 'createdAt' | 'params'>): string
  open(securityToken: string): OpenedLink
}

/**
 * Signs links with HMAC-SHA256 under `secret`, which every process that answers has to share.
 *
 * A token holds its expiry, a short hash of the session (the session itself cannot be read from it) and the campaign,
 * so that following a link needs no session, which may have ended by then.
 */
export function createOutboundLinks({ secret, clock }: { secret: string; clock: Clock }): OutboundLinks {
  // Prepared once, which makes a signature four times as fast as a key of bytes does.
  const key = createSecretKey(secret, 'utf8')
  const signatureOf = (claims: Buffer): Buffer => createHmac('sha256', key).update(claims).digest()

  return {
    sign: ({ token, createdAt, params }) => {
      const expiry = Buffer.alloc(EXPIRY_BYTES)
      expiry.writeUInt32BE(Math.floor((createdAt + LIFE_MS) / 1000))
      const sessionTag = hash('sha256', token, 'buffer').subarray(0, SESSION_TAG_BYTES)
      const claims = Buffer.concat([expiry, sessionTag, Buffer.from(params.campaignId ?? '')])
      return Buffer.concat([signatureOf(claims), claims]).toString('base64url')
    },
    open: (securityToken) => {
      const bytes = Buffer.from(securityToken, 'base64url')
      // Decoding passes over characters that do not belong; a changed token is refused all the same.
      if (bytes.length < LEAST_BYTES || bytes.toString('base64url') !== securityToken) return { outcome: 'unknown' }
      const claims = bytes.subarray(SIGNATURE_BYTES)
      if (!timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), signatureOf(claims))) return { outcome: 'unknown' }
      if (claims.readUInt32BE() * 1000 <= clock()) return { outcome: 'expired' }
      return { outcome: 'valid', campaignId: claims.subarray(EXPIRY_BYTES + SESSION_TAG_BYTES).toString() }
    },
  }
}
