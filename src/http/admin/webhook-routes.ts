import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { ApiTokenStore } from '../../access/api-token-store.ts'
import {
  getWebhook,
  removeWebhook,
  replayMessage,
  rotateWebhookSecret,
  setWebhook,
  testWebhook,
} from '../../webhooks/manage-webhooks.ts'
import type { PostMessage } from '../../webhooks/post-message.ts'
import type { Reach } from '../../webhooks/reach-url.ts'
import type { WebhookCourier } from '../../webhooks/webhook-courier.ts'
import type { WebhookStore } from '../../webhooks/webhook-store.ts'
import type { CallerGate } from '../caller-gate.ts'
import { logOf } from '../operations/observe-requests.ts'
import {
  ADMIN_ROUTE,
  describeAdminOperation,
  logAdminChange,
  PageQuery,
  sendAdminAnswer,
  sendAdminPage,
} from './admin-operation.ts'
import type { AdminAnswerNeeds } from './admin-operation.ts'
import {
  CountedWebhookSchema,
  DeadMessageSchema,
  presentDeadMessage,
  presentTestResult,
  presentWebhook,
  SecretWebhookSchema,
  TestResultSchema,
  WebhookSchema,
} from './webhook-presenter.ts'

const DAY_SECONDS = 86_400

const TokenPath = Type.Object({ id: Type.String({ description: 'The id of the token.' }) })
const MessagePath = Type.Object({ id: Type.String({ description: 'The webhook-id of the message.' }) })

const Registration = Type.Object(
  { url: Type.String({ maxLength: 2000, description: 'Where messages are posted to.' }) },
  { additionalProperties: false },
)

const Rotation = Type.Object(
  {
    overlap_seconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 365 * DAY_SECONDS,
        description: 'How long the old secret goes on signing beside the new one; a day if not given.',
      }),
    ),
  },
  { additionalProperties: false, nullable: true },
)

/** What the admin routes about webhooks work with. */
export interface AdminWebhookNeeds extends AdminAnswerNeeds {
  readonly tokens: ApiTokenStore
  readonly webhooks: WebhookStore
  readonly reach: Reach
  readonly post: PostMessage
  readonly courier: Pick<WebhookCourier, 'learn'>
  readonly gate: CallerGate
}

/** `/admin/tokens/{id}/webhook` and `/admin/webhooks`: where the holders of tokens are told of their sessions. */
export function routeAdminWebhooks(server: FastifyInstance, needs: AdminWebhookNeeds): void {
  const { webhooks, courier, gate } = needs
  const typed = server.withTypeProvider<TypeBoxTypeProvider>()
  const listQuery = Type.Object(PageQuery, { additionalProperties: false })

  typed.get(
    '/admin/webhooks',
    {
      config: ADMIN_ROUTE,
      schema: {
        querystring: listQuery,
        ...describeAdminOperation({
          operationId: 'listWebhooks',
          summary: 'List Webhooks',
          description: 'All webhooks, the oldest first, with how many messages wait and how many were given up.',
          data: Type.Array(CountedWebhookSchema),
          isPaged: true,
          refusals: [422],
        }),
      },
    },
    async ({ query }, reply) => {
      const items = (await webhooks.list()).map(({ webhook, pending, dead }) => ({
        ...presentWebhook(webhook),
        pending,
        dead,
      }))
      return sendAdminPage(reply, needs, { message: 'Webhooks.', items, query })
    },
  )

  typed.get(
    '/admin/webhooks/dead',
    {
      config: ADMIN_ROUTE,
      schema: {
        querystring: listQuery,
        ...describeAdminOperation({
          operationId: 'listDeadMessages',
          summary: 'List Dead Messages',
          description: 'Messages that were given up, the newest first. They are kept for 30 days.',
          data: Type.Array(DeadMessageSchema),
          isPaged: true,
          refusals: [422],
        }),
      },
    },
    async ({ query }, reply) => {
      const items = (await webhooks.listDead()).map(presentDeadMessage)
      return sendAdminPage(reply, needs, { message: 'Messages that were given up.', items, query })
    },
  )

  typed.post(
    '/admin/webhooks/messages/:id/replay',
    {
      config: ADMIN_ROUTE,
      schema: {
        params: MessagePath,
        ...describeAdminOperation({
          operationId: 'replayMessage',
          summary: 'Replay Message',
          description: 'Sends a message again under its own id: one that was given up, or delivered within a day.',
          data: Type.Object({}),
          refusals: [404],
        }),
      },
    },
    async (request, reply) => {
      await replayMessage(needs, request.params.id)
      logOf(request).info({ adminTokenId: gate.callerOf(request).id, webhookId: request.params.id }, 'message replayed')
      return sendAdminAnswer(reply, needs, { message: 'The message is sent again.', data: {} })
    },
  )

  typed.get(
    '/admin/tokens/:id/webhook',
    {
      config: ADMIN_ROUTE,
      schema: {
        params: TokenPath,
        ...describeAdminOperation({
          operationId: 'getWebhook',
          summary: 'Get Webhook',
          description: 'The webhook of a token.',
          data: WebhookSchema,
          refusals: [404, 422],
        }),
      },
    },
    async ({ params }, reply) =>
      sendAdminAnswer(reply, needs, { message: 'Webhook.', data: presentWebhook(await getWebhook(needs, params.id)) }),
  )

  typed.put(
    '/admin/tokens/:id/webhook',
    {
      config: ADMIN_ROUTE,
      schema: {
        params: TokenPath,
        body: Registration,
        ...describeAdminOperation({
          operationId: 'setWebhook',
          summary: 'Set Webhook',
          description: 'Registers a URL for a token, in the place of an earlier one, whose secrets stay.',
          data: SecretWebhookSchema,
          refusals: [404, 422],
        }),
      },
    },
    async (request, reply) => {
      const tokenId = request.params.id
      const { webhook, isNew } = await setWebhook(needs, { tokenId, url: request.body.url })
      await courier.learn()
      logAdminChange(request, gate.callerOf(request).id, 'webhook set', tokenId)
      const data = { ...presentWebhook(webhook), secret: isNew ? webhook.secrets[0]?.secret : null }
      return sendAdminAnswer(reply, needs, { message: 'Webhook registered.', data })
    },
  )

  typed.delete(
    '/admin/tokens/:id/webhook',
    {
      config: ADMIN_ROUTE,
      schema: {
        params: TokenPath,
        ...describeAdminOperation({
          operationId: 'removeWebhook',
          summary: 'Remove Webhook',
          description: 'Removes the webhook of a token, and all messages that wait for it.',
          data: Type.Object({}),
          refusals: [404, 422],
        }),
      },
    },
    async (request, reply) => {
      await removeWebhook(needs, request.params.id)
      await courier.learn()
      logAdminChange(request, gate.callerOf(request).id, 'webhook removed', request.params.id)
      return sendAdminAnswer(reply, needs, { message: 'Webhook removed.', data: {} })
    },
  )

  typed.post(
    '/admin/tokens/:id/webhook/rotate',
    {
      config: ADMIN_ROUTE,
      schema: {
        params: TokenPath,
        body: Rotation,
        ...describeAdminOperation({
          operationId: 'rotateWebhookSecret',
          summary: 'Rotate Webhook Secret',
          description: 'Makes a new secret. Those before go on signing beside it for an overlap.',
          data: SecretWebhookSchema,
          refusals: [404, 422],
        }),
      },
    },
    async (request, reply) => {
      const tokenId = request.params.id
      const { overlap_seconds = DAY_SECONDS } = request.body ?? {}
      const overlapMs = overlap_seconds * 1000
      const webhook = await rotateWebhookSecret(needs, { tokenId, overlapMs })
      await courier.learn()
      logAdminChange(request, gate.callerOf(request).id, 'webhook secret rotated', tokenId)
      const data = { ...presentWebhook(webhook), secret: webhook.secrets[0]?.secret }
      return sendAdminAnswer(reply, needs, { message: 'New secret. It is not shown again.', data })
    },
  )

  typed.post(
    '/admin/tokens/:id/webhook/test',
    {
      config: ADMIN_ROUTE,
      schema: {
        params: TokenPath,
        ...describeAdminOperation({
          operationId: 'testWebhook',
          summary: 'Test Webhook',
          description: 'Sends a message of type webhook.test at once, and says how that went.',
          data: TestResultSchema,
          refusals: [404, 422],
        }),
      },
    },
    async ({ params }, reply) => {
      const data = presentTestResult(await testWebhook(needs, params.id))
      return sendAdminAnswer(reply, needs, { message: 'Tried.', data })
    },
  )
}
