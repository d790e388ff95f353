import { Command, InvalidArgumentError, Option } from 'commander'
import type { ApiToken, ApiTokenKind } from '../access/api-token.ts'
import { changeApiToken, createApiToken, revokeApiToken, rotateApiToken } from '../access/create-api-token.ts'
import { systemClock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { readDuration } from './read-duration.ts'
import { withState } from './with-state.ts'

interface CreateOptions {
  readonly name: string
  readonly kind: ApiTokenKind
  readonly admin?: boolean
  readonly origin?: readonly string[]
  readonly rateLimit?: number
  readonly rateWindow?: number
  readonly expires?: number
}

interface ChangeOptions {
  readonly name?: string
  readonly origin?: readonly string[]
  readonly rateLimit?: number | 'default'
  readonly rateWindow?: number | 'default'
  readonly expires?: number | 'never'
}

/** `hum tokens …`: creates, lists, changes, replaces and revokes API tokens in the state that `HUM_STATE` names. */
export function tokensCommand(): Command {
  const command = new Command('tokens').description('create, list, change, rotate and revoke API tokens')
  command
    .command('create')
    .description('Create a token. It is printed once, alone on standard output, and never shown again.')
    .requiredOption('--name <name>', 'what to know the token by in the list')
    .addOption(
      new Option('--kind <kind>', 'live: answered from your data; test: answered from the sandbox')
        .choices(['live', 'test'])
        .default('live'),
    )
    .option('--origin <origin...>', 'make it publishable: for pages of these origins, to look addresses up')
    .option('--admin', 'make it an admin token: for the paths below /admin, and nothing else')
    .option('--rate-limit <requests>', 'requests in a window, instead of HUM_RATE_LIMIT', readNumber)
    .option('--rate-window <duration>', 'length of the window, such as 10s or 1h (default: 60s)', readDuration)
    .option('--expires <duration>', 'end it after a time, such as 90d', readDuration)
    .action(({ name, kind, admin, origin, rateLimit, rateWindow, expires }: CreateOptions) =>
      withState(async ({ tokens }) => {
        const { secret } = await createApiToken(
          { tokens, clock: systemClock },
          {
            name,
            kind,
            origins: origin,
            isAdmin: admin,
            rateLimit,
            rateWindowMs: rateWindow,
            expiresAt: expires === undefined ? undefined : systemClock() + expires,
          },
        )
        console.log(secret)
      }),
    )
  command
    .command('list')
    .description('List all tokens, the oldest first. Secrets are not kept and cannot be shown.')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withState(async ({ tokens }) => {
        const rows = (await tokens.list()).map(describeToken)
        if (json === true) console.log(JSON.stringify(rows, undefined, 2))
        else if (rows.length === 0)
          console.log('There are no tokens. Create one with `hum tokens create --name <name>`.')
        else console.table(Object.fromEntries(rows.map(({ id, ...row }) => [id, row])))
      }),
    )
  command
    .command('change')
    .description('Change what is named of a token. Running servers go by it within a second.')
    .argument('<id>', 'the id that `hum tokens list` shows')
    .option('--name <name>', 'what to know the token by in the list')
    .option('--origin <origin...>', 'the origins of a publishable token, in the place of those before')
    .option(
      '--rate-limit <requests>',
      'requests in a window, or default: HUM_RATE_LIMIT',
      unless('default', readNumber),
    )
    .option('--rate-window <duration>', 'length of the window, or default: 60s', unless('default', readDuration))
    .option('--expires <duration>', 'end it after a time from now, or never', unless('never', readDuration))
    .action((id: string, { name, origin, rateLimit, rateWindow, expires }: ChangeOptions) =>
      withState(async ({ tokens }) => {
        const changes = {
          name,
          origins: origin,
          rateLimit: rateLimit === 'default' ? null : rateLimit,
          rateWindowMs: rateWindow === 'default' ? null : rateWindow,
          expiresAt: expires === 'never' ? null : expires && systemClock() + expires,
        }
        if (Object.values(changes).every((change) => change === undefined)) {
          throw new AppError('invalid_params', 'Say what to change: --help lists what can be.')
        }
        await changeApiToken({ tokens, clock: systemClock }, id, changes)
        console.error('Changed.')
      }),
    )
  command
    .command('rotate')
    .description('Replace a token by a new one, which is printed. The old one ends after an overlap.')
    .argument('<id>', 'the id that `hum tokens list` shows')
    .option('--overlap <duration>', 'how long the old one goes on working', readDuration, 24 * 3_600_000)
    .action((id: string, { overlap }: { overlap: number }) =>
      withState(async ({ tokens }) => {
        const { secret } = await rotateApiToken({ tokens, clock: systemClock }, { id, overlapMs: overlap })
        console.log(secret)
      }),
    )
  command
    .command('revoke')
    .description('Revoke a token. Running servers refuse it within a second.')
    .argument('<id>', 'the id that `hum tokens list` shows')
    .action((id: string) =>
      withState(async ({ tokens }) => {
        await revokeApiToken({ tokens, clock: systemClock }, id)
        console.error('Revoked.')
      }),
    )
  return command
}

function describeToken(token: ApiToken) {
  const time = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString())
  return {
    id: token.id,
    account: token.accountId,
    name: token.name,
    kind: token.kind,
    scope: token.scope,
    origins: token.origins?.join(' ') ?? null,
    limit: token.rateLimit ?? null,
    windowSeconds: token.rateWindowMs === undefined ? null : token.rateWindowMs / 1000,
    created: time(token.createdAt),
    lastUsed: time(token.lastUsedAt),
    expires: time(token.expiresAt),
    revoked: time(token.revokedAt),
  }
}

function readNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Give a whole number.')
  return Number(text)
}

/** Reads an option that may also be a word, which takes the token's own setting away. */
function unless<Word extends string, Value>(word: Word, read: (text: string) => Value): (text: string) => Value | Word {
  return (text) => (text === word ? word : read(text))
}
