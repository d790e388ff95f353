import { SANDBOX_SECRET } from '../access/api-token.ts'
import { createApp } from '../app.ts'
import { openLookUps } from '../sessions/open-look-ups.ts'
import type { Settings } from '../config.ts'
import type { DataSet } from '../dataset/data-set.ts'
import { systemClock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
import { openState } from '../storage/open-state.ts'
import { openDataSetAt } from './open-data-set-at.ts'

/** Serves the Hum API until the process is told to stop, and lets then finish what runs. */
export async function runServer(settings: Settings): Promise<void> {
  const dataSet = await openDataSetAt(settings.data)
  const lookUps = openLookUps(dataSet)
  const state = await openState(settings.state)
  const app = await createApp({
    settings,
    state,
    lookUps: () => lookUps,
    clock: systemClock,
    log: { level: settings.logLevel },
  })
  const address = await listen(app.server, settings)
  console.log(`Hum is ready at ${address}, data set ${dataSet.version}${dataSet.isSandbox ? ' (the sandbox)' : ''}.`)
  console.log(`The API reference is at ${address}/docs. ${describeTokens(dataSet)}`)

  const stop = async (): Promise<void> => {
    await app.close()
    await state.close()
    dataSet.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}

async function listen(
  server: { listen(options: { host: string; port: number }): Promise<string> },
  { host, port }: Settings,
): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
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

function describeTokens({ isSandbox }: DataSet): string {
  return isSandbox
    ? `The API token of the sandbox is ${SANDBOX_SECRET}.`
    : 'Create an API token with `hum tokens create --name <name>`.'
}
