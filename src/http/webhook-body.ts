import type { SessionNews } from '../sessions/announcer.ts'
import { nameOutcome } from '../sessions/session-outcome.ts'
import type { Session } from '../sessions/session.ts'
import { judgeOutcome } from './sessions/session-outcome.ts'
import { toTimestamp } from './timestamp.ts'

/**
 * Writes what a webhook is told, in the form of Standard Webhooks: type, timestamp and data. Thin on purpose: no address
 * and nothing that was found at it; who is told reads that with the session's token.
 */
export function renderWebhookBody(news: SessionNews, session: Session, at: number, dataSet?: string): string {
  const about = { session_token: session.token, campaign_id: session.params.campaignId ?? null }
  const result = {
    outcome: nameOutcome(session),
    request_status: judgeOutcome(session).requestStatus,
    agent_status: {
      geocoding: session.geocoding?.outcome ?? 'pending',
      internet: session.internet?.outcome ?? 'pending',
      checkout: 'pending',
    },
    hum_data_set: dataSet ?? null,
  }
  const data = news === 'session.completed' ? { ...about, ...result } : about
  return JSON.stringify({ type: news, timestamp: toTimestamp(at), data })
}
