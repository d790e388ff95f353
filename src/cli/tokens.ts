import { Command, Option } from 'commander'
import type { ApiTokenKind } from '../access/api-token.ts'
import { createApiToken } from '../access/create-api-token.ts'
import { readSettings } from '../config.ts'
import { systemClock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { openState } from '../storage/open-state.ts'
import type { State } from '../storage/open-state.ts'

/** `hum tokens …`: creates, lists and revokes API tokens in the state that `HUM_STATE` names. */
export function tokensCommand(): Command {
  const command = new Command('tokens').description('create, list and revoke API tokens')
  command
    .command('create')
    .description('Create a token. It is printed once, alone on standard output, and never shown again.')
    .requiredOption('--name <name>', 'what to know the token by in the list')
    .addOption(
      new Option('--kind <kind>', 'live: answered from your data; test: from the sandbox')
        .choices(['live', 'test'])
        .default('live'),
    )
    .action(({ name, kind }: { name: string; kind: ApiTokenKind }) =>
      withState(async ({ tokens }) => {
        const { secret } = await createApiToken({ tokens, clock: systemClock }, { name, kind })
        console.log(secret)
      }),
    )
  command
    .command('list')
    .description('List all tokens, the oldest first. Secrets are not kept and cannot be shown.')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withState(async ({ tokens }) => {
        const rows = (await tokens.list()).map(({ id, name, kind, createdAt, revokedAt }) => ({
          id,
          name,
          kind,
          created: new Date(createdAt).toISOString(),
          revoked: revokedAt === undefined ? null : new Date(revokedAt).toISOString(),
        }))
        if (json === true) console.log(JSON.stringify(rows, undefined, 2))
        else if (rows.length === 0)
          console.log('There are no tokens. Create one with `hum tokens create --name <name>`.')
        else console.table(rows)
      }),
    )
  command
    .command('revoke')
    .description('Revoke a token. Running servers refuse it within a second.')
    .argument('<id>', 'the id that `hum tokens list` shows')
    .action((id: string) =>
      withState(async ({ tokens }) => {
        if (!(await tokens.revoke(id, systemClock()))) {
          throw new AppError('settings_invalid', 'There is no such token in use. `hum tokens list` shows the ids.')
        }
        console.error('Revoked.')
      }),
    )
  return command
}

async function withState(work: (state: State) => Promise<void>): Promise<void> {
  const state = await openState(readSettings(process.env).state)
  try {
    await work(state)
  } finally {
    await state.close()
  }
}
