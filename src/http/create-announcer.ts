import type { Announcer } from '../sessions/announcer.ts'
import { createMessageId } from '../webhooks/manage-webhooks.ts'
import type { WebhookCourier } from '../webhooks/webhook-courier.ts'
import { renderWebhookBody } from './webhook-body.ts'

/** Writes messages for the accounts that the courier serves; for all others it costs one look into a map. */
export function createAnnouncer(courier: Pick<WebhookCourier, 'serves' | 'accountIds' | 'expect'>): Announcer {
  return {
    announce: (news, session, at, dataSet) => {
      const { accountId } = session
      if (!courier.serves(accountId)) return undefined
      courier.expect()
      const body = renderWebhookBody(news, session, at, dataSet)
      return { id: createMessageId(), accountId, type: news, body, createdAt: at }
    },
    accountIds: () => courier.accountIds(),
  }
}
