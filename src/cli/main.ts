import { Command } from 'commander'
import { AppError } from '../lib/errors.ts'
import { addressCommand } from './address.ts'
import { batchCommand } from './batch.ts'
import { dataBuildCommand } from './data-build.ts'
import { dataCheckCommand } from './data-check.ts'
import { dataDiffCommand } from './data-diff.ts'
import { dataFetchCommand } from './data-fetch.ts'
import { dataInfoCommand } from './data-info.ts'
import { dataPackCommand } from './data-pack.ts'
import { dataUnpackCommand } from './data-unpack.ts'
import { explainCommand } from './explain.ts'
import { lookupCommand } from './lookup.ts'
import { doctorCommand } from './doctor.ts'
import { serveCommand } from './serve.ts'
import { tokensCommand } from './tokens.ts'
import { usageCommand } from './usage.ts'
import { webhooksCommand } from './webhooks.ts'

const program = new Command('hum')
  .description('Which internet providers serve a US street address, how fast, on which plans, and how sure that is.')
  .showHelpAfterError('(add --help for what this command takes)')
  .addCommand(serveCommand())
  .addCommand(lookupCommand())
  .addCommand(explainCommand())
  .addCommand(batchCommand())
  .addCommand(addressCommand())
  .addCommand(tokensCommand())
  .addCommand(usageCommand())
  .addCommand(webhooksCommand())
  .addCommand(doctorCommand())
  .addCommand(
    new Command('data')
      .description('build and look after data sets')
      .addCommand(dataFetchCommand())
      .addCommand(dataBuildCommand())
      .addCommand(dataInfoCommand())
      .addCommand(dataCheckCommand())
      .addCommand(dataDiffCommand())
      .addCommand(dataPackCommand())
      .addCommand(dataUnpackCommand()),
  )

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.error(`hum: ${error.message}`)
  process.exitCode = 1
}
