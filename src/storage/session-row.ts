import type { ApiTokenKind } from '../access/api-token.ts'
import { oncePerObject } from '../lib/once-per-object.ts'
import type { Geocoding, InternetOutcome, Session, SessionParams } from '../sessions/session.ts'
import { countedCampaign } from '../sessions/usage-store.ts'

/** A session as its row holds it, in both engines. */
export interface SessionRow {
  readonly token: string
  readonly account_id: string
  readonly kind: ApiTokenKind
  readonly params: string | null
  readonly created_at: number
  readonly updated_at: number
  readonly last_seen_at: number
  readonly ended_at: number | null
  readonly geocoding: string | null
  readonly internet: string | null
}

/** Parameters that were erased come back as an empty street. */
const ERASED: SessionParams = { street1: '' }

export function toSessionRow(session: Session): SessionRow & { readonly campaign_id: string | null } {
  return {
    token: session.token,
    account_id: session.accountId,
    kind: session.kind,
    params: JSON.stringify(session.params),
    created_at: session.createdAt,
    updated_at: session.updatedAt,
    last_seen_at: session.lastSeenAt,
    ended_at: session.endedAt ?? null,
    geocoding: session.geocoding === undefined ? null : renderGeocoding(session.geocoding),
    internet: toJson(session.internet),
    campaign_id: session.params.campaignId === undefined ? null : countedCampaign(session.params.campaignId),
  }
}

export function fromSessionRow(row: SessionRow): Session {
  return {
    token: row.token,
    accountId: row.account_id,
    kind: row.kind,
    params: row.params === null ? ERASED : (JSON.parse(row.params) as SessionParams),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastSeenAt: row.last_seen_at,
    endedAt: row.ended_at ?? undefined,
    geocoding: row.geocoding === null ? undefined : (JSON.parse(row.geocoding) as Geocoding),
    internet: row.internet === null ? undefined : (JSON.parse(row.internet) as InternetOutcome),
  }
}

/** Sessions at one address share what was found there. */
const renderGeocoding = oncePerObject((geocoding: Geocoding) => JSON.stringify(geocoding))

export function toJson(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
