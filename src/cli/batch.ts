import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { readSettings } from '../config.ts'
import { createGeocoder } from '../geocode/geocoder.ts'
import { openOffers } from '../internet/describe-offers.ts'
import { openInternetFinder } from '../internet/find-internet.ts'
import { AppError } from '../lib/errors.ts'
import { answerAddressRow } from './batch/answer-address-row.ts'
import { ANSWER_FORMATS, answerFormat } from './batch/answer-formats.ts'
import type { AnswerFormatName } from './batch/answer-formats.ts'
import { findAnswered } from './batch/find-answered.ts'
import type { Answered } from './batch/find-answered.ts'
import { readAddressRows } from './batch/read-address-rows.ts'
import type { AddressRow } from './batch/read-address-rows.ts'
import { openDataSetAt } from './open-data-set-at.ts'

interface BatchFlags {
  readonly in: string
  readonly out: string
  readonly data?: string
  readonly format?: AnswerFormatName
  readonly internet?: boolean
  readonly resume?: boolean
}

/** `hum batch`: a list of addresses → one answer each, as JSON Lines or as a table. */
export function batchCommand(): Command {
  return new Command('batch')
    .description('Find every address of a list, and who serves it, without a server.')
    .requiredOption(
      '--in <file>',
      'CSV with a header: id,address or id,street1,street2,city,state,zip, or the like; - reads standard input',
    )
    .requiredOption('--out <file>', 'the answers in the order of the list; - writes standard output')
    .addOption(
      new Option(
        '--format <format>',
        'JSON Lines, one line an address, or CSV, one row an address or with --internet one row a provider and technology (default: csv for a file that is called so, else jsonl)',
      ).choices(ANSWER_FORMATS),
    )
    .option('--data <path>', 'a data set, or a folder of data sets (default: HUM_DATA, else the sandbox)')
    .option('--internet', 'add the providers at each place that was found')
    .option('--resume', 'go on behind what the output, of JSON Lines, holds already of this list')
    .action(async (flags: BatchFlags) => {
      const { format: name = flags.out.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl' } = flags
      if (flags.resume === true && (flags.out === '-' || name !== 'jsonl')) {
        throw new AppError('settings_invalid', '--resume goes on with a file of JSON Lines: name it in --out.')
      }
      const dataSet = await openDataSetAt(flags.data ?? readSettings(process.env).data)
      const counts = { matched: 0, multiple: 0, failed: 0 }
      const answered = flags.resume === true ? await findAnswered(flags.out) : undefined
      const out =
        flags.out === '-' ? process.stdout : createWriteStream(flags.out, { flags: answered === undefined ? 'w' : 'a' })
      try {
        const withInternet = flags.internet === true
        const finders = {
          geocoder: createGeocoder(dataSet),
          ...(withInternet && openInternetFinder(dataSet)),
        }
        const format = answerFormat(name, withInternet ? openOffers(dataSet).describeOffers : undefined)
        await write(out, format.header)
        for await (const row of rowsBehind(answered, readAddressRows(flags.in), flags.out)) {
          const answer = answerAddressRow(row, finders)
          counts[answer.geocoding.outcome]++
          await write(out, format.render(answer))
        }
        if (out !== process.stdout) await finished(out.end())
      } catch (error) {
        if (error instanceof AppError || !(error instanceof Error)) throw error
        throw new AppError('source_unreadable', `The batch stopped: ${error.message}`, { cause: error })
      } finally {
        dataSet.close()
      }
      const total = counts.matched + counts.multiple + counts.failed
      const before = answered === undefined ? '' : `, after ${answered.lines} that were answered before`
      console.error(
        `${total} addresses: ${counts.matched} matched, ${counts.multiple} multiple, ${counts.failed} failed${before}`,
      )
    })
}

/** Passes the rows over that are answered. @throws AppError `source_unreadable` when the answers are to another list. */
async function* rowsBehind(
  answered: Answered | undefined,
  rows: AsyncIterable<AddressRow>,
  out: string,
): AsyncGenerator<AddressRow> {
  let passed = 0
  let lastId: string | undefined
  for await (const row of rows) {
    if (passed === (answered?.lines ?? 0)) {
      if (lastId !== answered?.lastId) break
      yield row
      continue
    }
    passed++
    lastId = row.id
  }
  if (passed < (answered?.lines ?? 0) || lastId !== answered?.lastId) {
    throw new AppError(
      'source_unreadable',
      `${out} has answers to another list. Name the one that it was made from, or another file.`,
    )
  }
}

/** Waits while the reader of the output is behind, so that a list of any length fits into memory. */
async function write(out: Writable, line: string): Promise<void> {
  if (!out.write(line)) await new Promise((resolve) => out.once('drain', resolve))
}
