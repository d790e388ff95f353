import { Command } from 'commander'
import type { ApiToken } from '../access/api-token.ts'
import { SANDBOX_TOKEN } from '../access/api-token.ts'
import { systemClock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import type { State } from '../storage/open-state.ts'
import {
  getWebhookToken,
  removeWebhook,
  replayMessage,
  rotateWebhookSecret,
  setWebhook,
  testWebhook,
} from '../webhooks/manage-webhooks.ts'
import { createPostMessage } from '../webhooks/post-message.ts'
import { createReach } from '../webhooks/reach-url.ts'
import { readDuration } from './read-duration.ts'
import { withState } from './with-state.ts'

const clock = systemClock

/** `hum webhooks …`: where the holders of tokens are told of their sessions, in the state that `HUM_STATE` names. */
export function webhooksCommand(): Command {
  const command = new Command('webhooks').description('register, test and look after webhooks; see docs/webhooks.md')
  command
    .command('set')
    .description('Register a URL for a token. The secret of a new webhook is printed, alone on standard output.')
    .argument('<token-id>', 'the id that `hum tokens list` shows, or sandbox')
    .argument('<url>', 'where messages are posted to')
    .action((tokenId: string, url: string) =>
      withState(async (state, { webhookNetworks }) => {
        const reach = createReach(webhookNetworks)
        const { webhook, isNew } = await setWebhook({ ...state, clock, reach }, { tokenId, url })
        if (isNew) console.log(webhook.secrets[0]?.secret)
        else console.error('Changed. Its secrets stay as they were; `hum webhooks rotate` makes a new one.')
      }),
    )
  command
    .command('list')
    .description('List all webhooks, with how many messages wait and how many were given up.')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withState(async (state) => {
        const tokens = await listTokens(state)
        const rows = (await state.webhooks.list()).map(({ webhook, pending, dead }) => ({
          tokens: nameTokens(tokens, webhook.accountId),
          url: webhook.url,
          created: toTime(webhook.createdAt),
          disabled: webhook.disabledAt === undefined ? null : toTime(webhook.disabledAt),
          pending,
          dead,
        }))
        print(rows, json, 'There are no webhooks. Register one with `hum webhooks set <token-id> <url>`.')
      }),
    )
  command
    .command('test')
    .description('Send a message of type webhook.test now, and say how that went.')
    .argument('<token-id>', 'the token of the webhook')
    .action((tokenId: string) =>
      withState(async (state, { webhookNetworks }) => {
        const post = createPostMessage({ reach: createReach(webhookNetworks), clock })
        const { outcome, status, reason, milliseconds } = await testWebhook({ ...state, clock, post }, tokenId)
        const answer = status === undefined ? reason : `${reason}, status ${status}`
        if (outcome === 'delivered') console.error(`Delivered in ${milliseconds} ms (status ${status}).`)
        else throw new AppError('invalid_params', `Not delivered after ${milliseconds} ms: ${answer}.`)
      }),
    )
  command
    .command('rotate')
    .description('Make a new secret, which is printed. Both sign for an overlap.')
    .argument('<token-id>', 'the token of the webhook')
    .option('--overlap <duration>', 'how long the old secret goes on signing', readDuration, 24 * 3_600_000)
    .action((tokenId: string, { overlap }: { overlap: number }) =>
      withState(async (state) => {
        const webhook = await rotateWebhookSecret({ ...state, clock }, { tokenId, overlapMs: overlap })
        console.log(webhook.secrets[0]?.secret)
      }),
    )
  command
    .command('remove')
    .description('Remove a webhook, and all messages that wait for it.')
    .argument('<token-id>', 'the token of the webhook')
    .action((tokenId: string) =>
      withState(async (state) => {
        await removeWebhook(state, tokenId)
        console.error('Removed.')
      }),
    )
  command
    .command('dead')
    .description('List the messages that were given up, the newest first. They are kept for 30 days.')
    .option('--token <token-id>', 'those of one token')
    .option('--json', 'print JSON')
    .action(({ token, json }: { token?: string; json?: boolean }) =>
      withState(async (state) => {
        const accountId = token === undefined ? undefined : (await getWebhookToken(state, token)).accountId
        const tokens = await listTokens(state)
        const rows = (await state.webhooks.listDead(accountId)).map((message) => ({
          id: message.id,
          tokens: nameTokens(tokens, message.accountId),
          type: message.type,
          created: toTime(message.createdAt),
          died: toTime(message.diedAt),
          tries: message.attempts,
          status: message.status ?? null,
          reason: message.reason,
        }))
        print(rows, json, 'No message was given up.')
      }),
    )
  command
    .command('replay')
    .description('Send messages again, under the ids that they had.')
    .argument('[id...]', 'ids that `hum webhooks dead` shows, or of messages delivered within a day')
    .option('--dead <token-id>', 'all that were given up of a token')
    .action((ids: readonly string[], { dead }: { dead?: string }) =>
      withState(async (state) => {
        const given =
          dead === undefined ? [] : await state.webhooks.listDead((await getWebhookToken(state, dead)).accountId)
        const all = [...ids, ...given.map(({ id }) => id)]
        if (ids.length === 0 && dead === undefined) {
          throw new AppError('invalid_params', 'Name messages by id, or a token with --dead.')
        }
        for (const id of all) await replayMessage({ ...state, clock }, id)
        console.error(`${all.length} to be sent again.`)
      }),
    )
  return command
}

async function listTokens({ tokens }: State): Promise<readonly ApiToken[]> {
  return [SANDBOX_TOKEN, ...(await tokens.list())]
}

/** The ids of the tokens of an account that are not revoked. */
function nameTokens(tokens: readonly ApiToken[], accountId: string): string {
  const own = tokens.filter((token) => token.accountId === accountId && token.revokedAt === undefined)
  return own.map(({ id }) => id).join(' ')
}

function toTime(at: number): string {
  return new Date(at).toISOString()
}

function print(rows: readonly object[], json: boolean | undefined, none: string): void {
  if (json === true) console.log(JSON.stringify(rows, undefined, 2))
  else if (rows.length === 0) console.log(none)
  else console.table(rows)
}
