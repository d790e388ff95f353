import { Command } from 'commander'
import { readSettings } from '../config.ts'
import { toTimestamp } from '../http/timestamp.ts'
import { presentGeocoding } from '../http/sessions/place-presenter.ts'
import { presentProviders } from '../http/providers/provider-presenter.ts'
import { judgeOutcome } from '../http/sessions/session-outcome.ts'
import { systemClock } from '../lib/clock.ts'
import { openLookUps } from '../sessions/open-look-ups.ts'
import { describeAnswer } from './describe-answer.ts'
import { lookUpAddress } from './look-up-address.ts'
import type { LookUpAnswer } from './look-up-address.ts'
import type { LookUps } from '../sessions/look-ups.ts'
import { openDataSetAt } from './open-data-set-at.ts'

/** `hum lookup "<address>"`: who serves an address, on the terminal and without a server. */
export function lookupCommand(): Command {
  return new Command('lookup')
    .description('Say who serves an address, without a server.')
    .argument('<address>', 'a US street address in one line')
    .option('--data <path>', 'a data set, or a folder of data sets (default: HUM_DATA, else the sandbox)')
    .option('--json', 'print the answer in the shapes of the API')
    .action(async (address: string, { data, json }: { data?: string; json?: boolean }) => {
      const dataSet = await openDataSetAt(data ?? readSettings(process.env).data)
      try {
        const lookUps = openLookUps(dataSet)
        const answer = lookUpAddress(lookUps, address)
        console.log(
          json === true
            ? JSON.stringify(presentAnswer(answer, lookUps), undefined, 2)
            : describeAnswer(answer, lookUps),
        )
        if (answer.geocoding.outcome !== 'matched') process.exitCode = 3
      } finally {
        dataSet.close()
      }
    })
}

function presentAnswer(answer: LookUpAnswer, lookUps: LookUps): object {
  const { geocoding, internet } = answer
  const { requestStatus, advice } = judgeOutcome(answer)
  return {
    message: advice ?? 'Address found.',
    request_status: requestStatus,
    data: { internet: presentProviders(internet, lookUps) },
    ...presentGeocoding(geocoding),
    meta: {
      agent_status: { geocoding: geocoding.outcome, internet: internet.outcome },
      service_address: geocoding.outcome === 'matched' ? geocoding.candidate.place.serviceAddress : null,
      responded_at: toTimestamp(systemClock()),
      hum_data_set: lookUps.version,
    },
  }
}
