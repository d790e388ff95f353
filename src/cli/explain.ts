import { Command } from 'commander'
import { openLookUps } from '../sessions/open-look-ups.ts'
import { readSettings } from '../config.ts'
import { toTimestamp } from '../http/timestamp.ts'
import { presentGeocoding } from '../http/sessions/place-presenter.ts'
import { withSnakeCaseNames } from '../http/snake-case.ts'
import type { AreaPrecision, CoverageArea } from '../internet/internet-answer.ts'
import { technologyName } from '../internet/technology.ts'
import { systemClock } from '../lib/clock.ts'
import { collectEvidence } from '../sessions/collect-evidence.ts'
import type { Evidence } from '../sessions/collect-evidence.ts'
import { describeAnswer } from './describe-answer.ts'
import { lookUpAddress } from './look-up-address.ts'
import { openDataSetAt } from './open-data-set-at.ts'

/** `hum explain "<address>"`: what the answer for an address rests on, for people. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('Say what the answer for an address rests on: its parts, the match, filings, labels and sources.')
    .argument('<address>', 'a US street address in one line')
    .option('--data <path>', 'a data set, or a folder of data sets (default: HUM_DATA, else the sandbox)')
    .option('--json', 'print JSON')
    .action(async (address: string, { data, json }: { data?: string; json?: boolean }) => {
      const dataSet = await openDataSetAt(data ?? readSettings(process.env).data)
      try {
        const lookUps = openLookUps(dataSet)
        const answer = lookUpAddress(lookUps, address)
        const { geocoding } = answer
        const evidence = collectEvidence(lookUps, { street1: address }, geocoding)
        if (json === true) {
          const meta = { responded_at: toTimestamp(systemClock()), hum_data_set: dataSet.version }
          const shown = { data: withSnakeCaseNames(evidence), ...presentGeocoding(geocoding), meta }
          console.log(JSON.stringify(shown, undefined, 2))
          return
        }
        console.log(`${describeEvidence(evidence)}\n\n${describeAnswer(answer, lookUps)}`)
      } finally {
        dataSet.close()
      }
    })
}

function describeEvidence({ address, area, filings, labels, sources, assumptions }: Evidence): string {
  const file = (id: number): string => sources.find(({ sourceId }) => sourceId === id)?.file ?? `source ${id}`
  return [
    `Read as: ${address.deliveryLine}, ${address.lastLine} (confidence ${address.confidence.toFixed(2)})`,
    ...(area ? [`Counted for: ${describeArea(area)}`] : []),
    ...list(
      'Filings counted',
      filings.map(
        ({ filedBrandName, fccProviderId, technologyCode, locations, locationsInArea, sourceId }) =>
          `${filedBrandName || 'no brand'} (${fccProviderId}), ${technologyName(technologyCode)}: ${locations} of ${locationsInArea}, ${file(sourceId)}`,
      ),
    ),
    ...list(
      'Label rows read',
      labels.map(
        ({ planName, uniquePlanIdentifier, sourceId, row }) =>
          `${planName} (${uniquePlanIdentifier}): ${file(sourceId)} row ${row}`,
      ),
    ),
    ...list(
      'Sources',
      sources.map(({ file: name, vintage, revision, retrievedOn, licence }) =>
        [
          name,
          vintage && `as of ${vintage}`,
          revision && `revised ${revision}`,
          retrievedOn && `retrieved ${retrievedOn}`,
          licence,
        ]
          .filter(Boolean)
          .join(', '),
      ),
    ),
    ...list('Assumed', assumptions),
  ].join('\n')
}

const AREA: Readonly<Record<AreaPrecision, string>> = {
  location: 'this very location',
  block: 'the census block',
  block_and_hexagon: 'the part of the census block within the hexagon',
  hexagon: 'the hexagon, about 0.3 square miles',
}

function describeArea({ precision, locations }: CoverageArea): string {
  return `${AREA[precision]}, ${locations === 1 ? '1 location' : `${locations.toLocaleString('en-US')} locations`}`
}

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)]
