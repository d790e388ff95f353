import { Command } from 'commander'
import { readSettings } from '../config.ts'
import { toTimestamp } from '../http/timestamp.ts'
import { presentGeocoding } from '../http/place-presenter.ts'
import { presentProviders } from '../http/provider-presenter.ts'
import { judgeOutcome } from '../http/session-outcome.ts'
import { systemClock } from '../lib/clock.ts'
import { openLookUps } from '../sessions/open-look-ups.ts'
import type { GeocodeResult } from '../geocode/geocode-result.ts'
import type { InternetAnswer } from '../internet/internet-answer.ts'
import { describeAnswer } from './describe-answer.ts'
import type { LookUps } from '../sessions/look-ups.ts'
import { openDataSetAt } from './open-data-set-at.ts'

/** One address's answer, without a session. */
export interface LookUpAnswer {
  readonly geocoding: GeocodeResult
  readonly internet: InternetAnswer
}

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
        const geocoding = lookUps.geocode({ street1: address })
        const internet: InternetAnswer =
          geocoding.outcome === 'matched'
            ? lookUps.findInternet(geocoding.candidate.place)
            : { outcome: 'failed', reason: 'place_unknown' }
        const answer = { geocoding, internet }
        console.log(
          json === true
            ? JSON.stringify(presentAnswer(answer, lookUps), undefined, 2)
            : describeAnswer(answer, lookUps),
        )
        if (geocoding.outcome !== 'matched') process.exitCode = 3
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
