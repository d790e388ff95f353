import { Command } from 'commander'
import { readSettings } from '../config.ts'

/** `hum serve`: the HTTP server, until it is told to stop. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve the Hum API; settings come from the environment, .env.example lists them')
    .action(async () => {
      const settings = readSettings(process.env)
      // Loaded here, so that other commands start without the server's packages.
      const { runServer } = await import('./run-server.ts')
      await runServer(settings)
    })
}
