import { isIP } from 'node:net'
import { join } from 'node:path'
import { AppError } from './lib/errors.ts'

/** Where sessions and tokens are kept. */
export type StateLocation =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'postgres'; readonly url: string }

/** What the environment sets, checked. Each setting has its sentence in `.env.example`. */
export interface Settings {
  readonly host: string
  /** 0 lets the system pick a free one. */
  readonly port: number
  /** A data set file, or a folder that holds data sets; the sandbox when absent. */
  readonly data?: string | undefined
  readonly state: StateLocation
  /** Requests a minute for each API token. */
  readonly rateLimit: number
  /** How long addresses are kept after their session ended. */
  readonly retentionHours: number
  readonly logLevel: LogLevel
  /** Whether `/metrics` is served, for Prometheus. */
  readonly metrics: 'on' | 'off'
  /** Whether the page is served, and its visitors look addresses up without a token of their own. */
  readonly page: 'on' | 'off'
  /** Where spans are sent, and which share of traces; nothing is traced when absent. */
  readonly traces?: { readonly url: string; readonly share: number } | undefined
  /** Whether links to providers' sites lead through the server, which counts them. */
  readonly links: 'on' | 'off'
  /** Where callers reach the server, without a slash at the end; links are paths when absent. */
  readonly publicUrl?: string | undefined
  /** Proxies whose `X-Forwarded-For` is believed: addresses, networks, `loopback`, `uniquelocal`; none when absent. */
  readonly trustedProxies?: readonly string[] | undefined
  /** A file that names the providers which are asked themselves; none are when absent. */
  readonly qualification?: string | undefined
  /** Private networks that webhooks may reach, over http too; none when absent. */
  readonly webhookNetworks?: readonly string[] | undefined
  /** A folder with the operator's own logos of providers. */
  readonly logos?: string | undefined
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

/**
 * Reads the settings; a setting that is absent or empty has its default.
 *
 * @throws AppError `settings_invalid`, which names everything that is wrong at once.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = []
  const text = (name: string): string | undefined => env[name]?.trim() || undefined

  function integer(name: string, fallback: number, least: number, most: number): number {
    const given = text(name)
    if (given === undefined) return fallback
    const value = /^\d+$/.test(given) ? Number(given) : Number.NaN
    if (value >= least && value <= most) return value
    problems.push(`${name} must be a whole number from ${least} to ${most}`)
    return fallback
  }

  function oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const given = text(name)
    const found = given === undefined ? fallback : allowed.find((value) => value === given)
    if (found === undefined) problems.push(`${name} must be one of ${allowed.join(', ')}`)
    return found ?? fallback
  }

  function webAddress(name: string): string | undefined {
    const given = text(name)
    const url = given === undefined ? undefined : URL.parse(given)
    if (url === null || (url && (!/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== ''))) {
      problems.push(`${name} must be a web address such as https://hum.example.org`)
    }
    return url?.href.replace(/\/$/, '')
  }

  function share(name: string): number {
    const given = text(name) ?? '1'
    if (/^(0(\.\d+)?|1(\.0+)?)$/.test(given)) return Number(given)
    problems.push(`${name} must be a share from 0 to 1, such as 0.1`)
    return 1
  }

  function networks(name: string): readonly string[] | undefined {
    const given = text(name)?.split(/[ ,]+/)
    const wrong = given?.filter((network) => !isNetwork(network)) ?? []
    if (wrong.length > 0)
      problems.push(`${name} must list addresses or networks such as 10.0.0.0/8, not ${wrong.join(', ')}`)
    return given
  }

  const tracesUrl = webAddress('HUM_TRACES')
  const traceShare = share('OTEL_TRACES_SAMPLER_ARG')
  const settings: Settings = {
    host: text('HUM_HOST') ?? '127.0.0.1',
    port: integer('HUM_PORT', 3000, 0, 65_535),
    data: text('HUM_DATA'),
    state: readStateLocation(text('HUM_STATE')),
    rateLimit: integer('HUM_RATE_LIMIT', 100, 1, 1_000_000_000),
    retentionHours: integer('HUM_RETENTION_HOURS', 24, 0, 720),
    logLevel: oneOf('HUM_LOG_LEVEL', LOG_LEVELS, 'info'),
    metrics: oneOf('HUM_METRICS', ['on', 'off'] as const, 'off'),
    page: oneOf('HUM_PAGE', ['on', 'off'] as const, 'on'),
    traces: tracesUrl === undefined ? undefined : { url: tracesUrl, share: traceShare },
    links: oneOf('HUM_LINKS', ['on', 'off'] as const, 'on'),
    publicUrl: webAddress('HUM_PUBLIC_URL'),
    trustedProxies: networks('HUM_TRUSTED_PROXIES'),
    webhookNetworks: networks('HUM_WEBHOOK_NETWORKS'),
    qualification: text('HUM_QUALIFICATION'),
    logos: text('HUM_LOGOS'),
  }
  if (problems.length > 0) {
    throw new AppError('settings_invalid', `The settings cannot be used: ${problems.join('; ')}. See .env.example.`)
  }
  return settings
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0) return text === 'loopback' || text === 'linklocal' || text === 'uniquelocal'
  return (
    more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
  )
}

function readStateLocation(given = join('.hum', 'state.sqlite')): StateLocation {
  return /^postgres(?:ql)?:\/\//.test(given) ? { engine: 'postgres', url: given } : { engine: 'sqlite', file: given }
}
