import { SANDBOX_SECRET } from '../access/api-token.ts'
import { createApp } from '../app.ts'
import type { Traces } from '../http/operations/traces.ts'
import type { LookUps } from '../sessions/look-ups.ts'
import { openLookUps } from '../sessions/open-look-ups.ts'
import type { Settings } from '../config.ts'
import { holdDataSet } from '../dataset/data-set-holder.ts'
import type { DataSetChange } from '../dataset/data-set-holder.ts'
import { openDataSet } from '../dataset/data-set.ts'
import { createQualifier } from '../internet/qualification/qualifier.ts'
import type { Qualifier } from '../internet/qualification/qualifier.ts'
import { readQualificationEndpoints } from '../internet/qualification/read-endpoints.ts'
import { createTmf645Api } from '../internet/qualification/tmf645-api.ts'
import { systemClock, systemSteadyClock } from '../lib/clock.ts'
import { AppError, codeOf } from '../lib/errors.ts'
import { openState } from '../storage/open-state.ts'
import { ensureSandboxDataSet } from './sandbox-data-set.ts'

/** Sooner than whoever sent the signal loses patience, and longer than anything takes while the state answers. */
const STOP_WITHIN_MS = 40_000

/**
 * Serves the Hum API until the process is told to stop, and lets then finish what runs.
 *
 * A new data set at the path of `HUM_DATA` takes over by itself within seconds, or at once on SIGHUP.
 */
export async function runServer(settings: Settings): Promise<void> {
  const qualifier = settings.qualification === undefined ? undefined : openQualifier(settings.qualification)
  const held = holdDataSet({
    path: settings.data ?? (await ensureSandboxDataSet()),
    open: (file) => openServedDataSet(file, qualifier),
    onChange: (change) => console.error(describeChange(change)),
  })
  const state = await openState(settings.state, { isServer: true })
  const sandbox = held.current().lookUps.isSandbox ? undefined : await openSandboxBeside()
  const traces = settings.traces === undefined ? undefined : await openTraces(settings.traces)
  const app = await createApp({
    settings,
    traces,
    state,
    lookUps: (kind) => (kind === 'test' && sandbox !== undefined ? sandbox : held.current()).lookUps,
    clock: systemClock,
    steadyClock: systemSteadyClock,
    log: { level: settings.logLevel },
  })
  const address = await listen(app.server, settings)

  const stop = async (): Promise<void> => {
    setTimeout(giveUpStopping, STOP_WITHIN_MS).unref()
    await app.close()
    await traces?.close()
    await state.close()
    await held.close()
    sandbox?.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
  process.on('SIGHUP', () => void held.refresh())

  const { version, lookUps } = held.current()
  console.log(`Hum is ready at ${address}, data set ${version}${lookUps.isSandbox ? ' (the sandbox)' : ''}.`)
  if (sandbox !== undefined) console.log(`Test tokens are answered from the sandbox, data set ${sandbox.version}.`)
  console.log(`The API reference is at ${address}/docs. ${describeTokens(lookUps)}`)
}

/** Loads the tracing packages for a server that traces, and for no other: they take longer than all else at a start. */
async function openTraces(settings: NonNullable<Settings['traces']>): Promise<Traces> {
  const traces = await import('../http/operations/open-traces.ts')
  return traces.openTraces({
    ...settings,
    onError: (error) =>
      console.error(`Traces cannot be sent to HUM_TRACES. ${error instanceof Error ? error.message : String(error)}`),
  })
}

/**
 * Opens the sandbox for test tokens, beside real data. It asks no provider. A server that cannot have it serves live
 * tokens all the same.
 */
async function openSandboxBeside(): Promise<ServedDataSet | undefined> {
  try {
    return openServedDataSet(await ensureSandboxDataSet(), undefined)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    console.error(`Test tokens are refused. ${error.message}`)
    return undefined
  }
}

function giveUpStopping(): void {
  console.error('Hum ends before all was done, since the state does not answer. Another process takes it up.')
  process.exit(1)
}

function openQualifier(file: string): Qualifier {
  const endpoints = readQualificationEndpoints(file)
  return createQualifier({
    apis: new Map([...endpoints].map(([providerId, endpoint]) => [providerId, createTmf645Api(endpoint)])),
    clock: systemClock,
    onError: (error) => console.error(error instanceof Error ? error.message : 'A provider could not be asked.'),
  })
}

interface ServedDataSet {
  readonly version: string
  readonly lookUps: LookUps
  close(): void
}

function openServedDataSet(file: string, qualifier: Qualifier | undefined): ServedDataSet {
  const dataSet = openDataSet(file)
  try {
    return { version: dataSet.version, lookUps: openLookUps(dataSet, qualifier), close: () => dataSet.close() }
  } catch (error) {
    dataSet.close()
    throw error
  }
}

function describeChange(change: DataSetChange): string {
  return change.kind === 'swapped'
    ? `Data set ${change.version} answers from now on, instead of ${change.previous}.`
    : `A new data set was refused. ${change.reason}`
}

async function listen(
  server: { listen(options: { host: string; port: number }): Promise<string> },
  { host, port }: Settings,
): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EADDRINUSE') {
      throw new AppError(
        'settings_invalid',
        `Port ${port} is taken. Set HUM_PORT to another one, or to 0 for a free one.`,
      )
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new AppError('settings_invalid', `Hum may not listen on ${host}:${port}. Check HUM_HOST and HUM_PORT.`)
    }
    throw error
  }
}

function describeTokens({ isSandbox }: LookUps): string {
  return isSandbox
    ? `The API token of the sandbox is ${SANDBOX_SECRET}.`
    : 'Create an API token with `hum tokens create --name <name>`.'
}
