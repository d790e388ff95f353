import type { LookUps } from '../sessions/look-ups.ts'
import { findPlace } from '../sessions/session.ts'
import type { Session, SessionParams } from '../sessions/session.ts'
import { toTimestamp } from './envelope.ts'

/** `meta` of an answer about a session, always complete. */
export function presentMeta(session: Session, lookUps: LookUps, respondedAt: number): object {
  return {
    session_token: session.token,
    session_status: session.endedAt === undefined ? 'open' : 'closed',
    agent_status: {
      geocoding: session.geocoding?.outcome ?? 'pending',
      internet: session.internet?.outcome ?? 'pending',
      checkout: 'pending',
    },
    session_params: presentParams(session.params),
    service_address: presentServiceAddress(session),
    created_at: toTimestamp(session.createdAt),
    updated_at: toTimestamp(session.updatedAt),
    responded_at: toTimestamp(respondedAt),
    hum_data_set: lookUps.version,
  }
}

/** The USPS form once the address is found; before, and when it is not, the line that the caller gave. */
export function presentServiceAddress(session: Session): string {
  return findPlace(session)?.serviceAddress ?? joinParams(session.params)
}

/** The request's members as they came, those that were left out left out. */
function presentParams({ coordinates, campaignId, ...address }: SessionParams): object {
  return {
    ...address,
    latitude: coordinates?.latitude,
    longitude: coordinates?.longitude,
    campaign_id: campaignId,
  }
}

function joinParams({ street1, street2, city, state, zip }: SessionParams): string {
  const region = [state, zip].filter((part) => part !== undefined).join(' ')
  const lines = [street2 === undefined ? street1 : `${street1} ${street2}`, city, region]
  return lines.filter((line) => line !== undefined && line !== '').join(', ')
}
