import { readFileSync } from 'node:fs'
import { AppError } from '../../lib/errors.ts'
import type { Tmf645Endpoint } from './tmf645-api.ts'

const DEFAULT_TIMEOUT_MS = 3000

/** Below the time after which another process takes an agent for dead. */
const LONGEST_TIMEOUT_MS = 10_000

/**
 * Reads which providers may be asked, by FCC provider id: a JSON object of
 * `{ "130317": { "source": "…", "url": "https://…", "headers": { … }, "timeoutMs": 3000 } }`, the last two optional.
 *
 * @throws AppError `settings_invalid`, which says what is wrong but no value of a header.
 */
export function readQualificationEndpoints(file: string): Map<number, Tmf645Endpoint> {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new AppError('settings_invalid', 'HUM_QUALIFICATION must name a JSON file that Hum may read.', {
      cause: error,
    })
  }
  if (!isObject(content)) throw invalid('be an object with FCC provider ids as names')
  return new Map(
    Object.entries(content).map(([providerId, entry]) => {
      if (!/^\d{1,9}$/.test(providerId)) throw invalid(`have FCC provider ids as names, not "${providerId}"`)
      return [Number(providerId), readEndpoint(providerId, entry)]
    }),
  )
}

function readEndpoint(providerId: string, entry: unknown): Tmf645Endpoint {
  const { source, url, headers, timeoutMs = DEFAULT_TIMEOUT_MS } = isObject(entry) ? entry : {}
  if (typeof source !== 'string' || source === '') throw invalid(`give ${providerId} a source: how answers name it`)
  if (typeof url !== 'string' || !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw invalid(`give ${providerId} a url such as https://api.example.com/checkServiceQualification`)
  }
  if (typeof timeoutMs !== 'number' || !(timeoutMs >= 1 && timeoutMs <= LONGEST_TIMEOUT_MS)) {
    throw invalid(`give ${providerId} a timeoutMs from 1 to ${LONGEST_TIMEOUT_MS}`)
  }
  if (headers !== undefined && !isTexts(headers)) throw invalid(`give ${providerId} headers that are texts by name`)
  return { source, url, headers, timeoutMs }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every((text) => typeof text === 'string')

const invalid = (expectation: string): AppError =>
  new AppError('settings_invalid', `The file of HUM_QUALIFICATION must ${expectation}. See docs/qualification.md.`)
