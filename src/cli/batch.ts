import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Command } from 'commander'
import { parseAddress, parseAddressFields } from '../address/index.ts'
import { readSettings } from '../config.ts'
import { createGeocoder } from '../geocode/geocoder.ts'
import type { Geocoder } from '../geocode/geocoder.ts'
import { presentGeocoding } from '../http/sessions/place-presenter.ts'
import { presentProviders } from '../http/providers/provider-presenter.ts'
import { openOffers } from '../internet/describe-offers.ts'
import type { DescribeOffers } from '../internet/describe-offers.ts'
import { openInternetFinder } from '../internet/find-internet.ts'
import type { InternetFinder } from '../internet/find-internet.ts'
import { AppError } from '../lib/errors.ts'
import { findAnswered } from './find-answered.ts'
import type { Answered } from './find-answered.ts'
import { openDataSetAt } from './open-data-set-at.ts'
import { readAddressRows } from './read-address-rows.ts'
import type { AddressRow } from './read-address-rows.ts'

interface BatchFlags {
  readonly in: string
  readonly out: string
  readonly data?: string
  readonly internet?: boolean
  readonly resume?: boolean
}

/** `hum batch`: a CSV list of addresses → one JSON line an address. */
export function batchCommand(): Command {
  return new Command('batch')
    .description('Find every address of a list, and who serves it, without a server.')
    .requiredOption(
      '--in <file>',
      'CSV with a header: id,address or id,street1,street2,city,state,zip, or the like; - reads standard input',
    )
    .requiredOption(
      '--out <file>',
      'JSON Lines, one line an address in the order of the list; - writes standard output',
    )
    .option('--data <path>', 'a data set, or a folder of data sets (default: HUM_DATA, else the sandbox)')
    .option('--internet', 'add the providers at each place that was found')
    .option('--resume', 'go on behind what the output holds already of this list')
    .action(async (flags: BatchFlags) => {
      const dataSet = await openDataSetAt(flags.data ?? readSettings(process.env).data)
      if (flags.resume === true && flags.out === '-') {
        throw new AppError('settings_invalid', '--resume goes on with a file: name it in --out.')
      }
      const counts = { matched: 0, multiple: 0, failed: 0 }
      const answered = flags.resume === true ? await findAnswered(flags.out) : undefined
      const out =
        flags.out === '-' ? process.stdout : createWriteStream(flags.out, { flags: answered === undefined ? 'w' : 'a' })
      try {
        const geocoder = createGeocoder(dataSet)
        const internet =
          flags.internet === true ? { ...openInternetFinder(dataSet), ...openOffers(dataSet) } : undefined
        for await (const row of rowsBehind(answered, readAddressRows(flags.in), flags.out)) {
          const line = answerRow(row, geocoder, internet)
          counts[line.status]++
          await write(out, `${JSON.stringify(line)}\n`)
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

interface Finder extends InternetFinder {
  readonly describeOffers: DescribeOffers
}

interface BatchLine {
  readonly id: string
  readonly status: 'matched' | 'multiple' | 'failed'
  readonly normalized_line: string
  readonly microseconds: number
}

/**
 * `place`, `candidates` or `reason` and `suggestions` come as in the API; `microseconds` is parsing and geocoding. Beside
 * several candidates stands the likeliest as `place`, for whoever must take one.
 */
function answerRow({ id, text, ...fields }: AddressRow, geocoder: Geocoder, finder?: Finder): BatchLine {
  const startedAt = process.hrtime.bigint()
  const parsed = text === undefined ? parseAddressFields(fields) : parseAddress(text)
  const geocoding = geocoder.geocode(parsed)
  const microseconds = Number(process.hrtime.bigint() - startedAt) / 1000
  const place = geocoding.outcome === 'matched' ? geocoding.candidate.place : undefined
  const [likeliest] = geocoding.outcome === 'multiple' ? geocoding.candidates : []
  return {
    id,
    status: geocoding.outcome,
    normalized_line: place?.serviceAddress ?? [parsed.deliveryLine, parsed.lastLine].filter(Boolean).join(', '),
    ...presentGeocoding(geocoding),
    ...(likeliest && presentGeocoding({ outcome: 'matched', candidate: likeliest })),
    ...(place && finder && { internet: presentProviders(finder.findInternet(place), finder) }),
    microseconds: Math.round(microseconds * 10) / 10,
  }
}

/** Waits while the reader of the output is behind, so that a list of any length fits into memory. */
async function write(out: Writable, line: string): Promise<void> {
  if (!out.write(line)) await new Promise((resolve) => out.once('drain', resolve))
}
