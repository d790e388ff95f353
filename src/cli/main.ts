import { Command } from 'commander'
import { AppError } from '../lib/errors.ts'

type LoadCommand = () => Promise<Command>

/** In the order of the help. Each is loaded when it is called: all together take over half a second. */
const COMMANDS: Readonly<Record<string, LoadCommand>> = {
  serve: async () => (await import('./serve.ts')).serveCommand(),
  lookup: async () => (await import('./lookup.ts')).lookupCommand(),
  explain: async () => (await import('./explain.ts')).explainCommand(),
  batch: async () => (await import('./batch.ts')).batchCommand(),
  address: async () => (await import('./address.ts')).addressCommand(),
  tokens: async () => (await import('./tokens.ts')).tokensCommand(),
  usage: async () => (await import('./usage.ts')).usageCommand(),
  webhooks: async () => (await import('./webhooks.ts')).webhooksCommand(),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(),
  data: () =>
    withCommands(new Command('data').description('build and look after data sets'), DATA_COMMANDS, argument(1)),
}

const DATA_COMMANDS: Readonly<Record<string, LoadCommand>> = {
  fetch: async () => (await import('./data-fetch.ts')).dataFetchCommand(),
  build: async () => (await import('./data-build.ts')).dataBuildCommand(),
  info: async () => (await import('./data-info.ts')).dataInfoCommand(),
  check: async () => (await import('./data-check.ts')).dataCheckCommand(),
  diff: async () => (await import('./data-diff.ts')).dataDiffCommand(),
  pack: async () => (await import('./data-pack.ts')).dataPackCommand(),
  unpack: async () => (await import('./data-unpack.ts')).dataUnpackCommand(),
}

/** The command line's argument, counted from 0. */
function argument(index: number): string {
  return process.argv[index + 2] ?? ''
}

/** Adds the command that is called; all of them where none is, so that help and errors can name them. */
async function withCommands(
  program: Command,
  commands: Readonly<Record<string, LoadCommand>>,
  called: string,
): Promise<Command> {
  const names = Object.hasOwn(commands, called) ? [called] : Object.keys(commands)
  for (const name of names) program.addCommand(await commands[name]!())
  return program
}

try {
  const program = new Command('hum')
    .description('Which internet providers serve a US street address, how fast, on which plans, and how sure that is.')
    .showHelpAfterError('(add --help for what this command takes)')
  await (await withCommands(program, COMMANDS, argument(0))).parseAsync()
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.error(`hum: ${error.message}`)
  process.exitCode = 1
}
