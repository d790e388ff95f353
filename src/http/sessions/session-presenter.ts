import type { LookUps } from '../../sessions/look-ups.ts'
import { findPlace } from '../../sessions/session.ts'
import type { Session, SessionParams } from '../../sessions/session.ts'
import { toTimestamp } from '../timestamp.ts'

/** `meta` of an answer about a session as JSON, always complete. */
export function renderMeta(session: Session, lookUps: LookUps, respondedAt: number): string {
  return renderLastingMeta(session) + renderPassingMeta(lookUps, respondedAt)
}

/** What `meta` begins with: all that it says of a session until it changes. */
export function renderLastingMeta(session: Session): string {
  const { token, params, endedAt, geocoding, internet, createdAt, updatedAt } = session
  const status = endedAt === undefined ? 'open' : 'closed'
  const agents = `{"geocoding":"${geocoding?.outcome ?? 'pending'}","internet":"${internet?.outcome ?? 'pending'}","checkout":"pending"}`
  const asked = JSON.stringify(presentParams(params))
  const address = JSON.stringify(presentServiceAddress(session))
  const times = `"created_at":"${toTimestamp(createdAt)}","updated_at":"${toTimestamp(updatedAt)}"`
  return `{"session_token":"${token}","session_status":"${status}","agent_status":${agents},"session_params":${asked},"service_address":${address},${times}`
}

/** What `meta` ends with, which differs from answer to answer. */
export function renderPassingMeta(lookUps: LookUps, respondedAt: number): string {
  return `,"responded_at":"${toTimestamp(respondedAt)}","hum_data_set":"${lookUps.version}"}`
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
