import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from './config.ts'

const example = readFileSync(resolve(import.meta.dirname, '../.env.example'), 'utf8')

/** The settings that `.env.example` names, in use or commented out. */
const exampleSettings = [...example.matchAll(/^(#?) ?(HUM_\w+)=(.*)$/gm)].map(([, hash, name, value]) => ({
  name: name ?? '',
  value: hash === '#' ? undefined : value,
}))

describe('settings', () => {
  it('have defaults', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      data: undefined,
      state: { engine: 'sqlite', file: join('.hum', 'state.sqlite') },
      rateLimit: 100,
      retentionHours: 24,
      logLevel: 'info',
      page: 'on',
      links: 'on',
      metrics: 'off',
    })
  })

  it('have the same defaults in .env.example', () => {
    const env = Object.fromEntries(exampleSettings.map(({ name, value }) => [name, value]))
    expect(readSettings(env)).toEqual(readSettings({}))
  })

  it('have a sentence each in .env.example', () => {
    for (const { name } of exampleSettings)
      expect(example).toMatch(new RegExp(`^# .*\\.\\n((# )?HUM_\\w+=.*\\n)*(# )?${name}=`, 'm'))
  })

  it('take an empty value for none', () => {
    expect(readSettings({ HUM_PORT: '', HUM_HOST: ' ', HUM_STATE: '' })).toEqual(readSettings({}))
  })

  it.each([
    ['https://hum.example.org', 'https://hum.example.org'],
    ['https://hum.example.org/', 'https://hum.example.org'],
    ['http://10.0.0.1:8080/hum/', 'http://10.0.0.1:8080/hum'],
  ])('read HUM_PUBLIC_URL=%s', (value, expected) => {
    expect(readSettings({ HUM_PUBLIC_URL: value }).publicUrl).toBe(expected)
  })

  it.each([
    ['state.sqlite', { engine: 'sqlite', file: 'state.sqlite' }],
    [':memory:', { engine: 'sqlite', file: ':memory:' }],
    ['postgres://hum@db/hum', { engine: 'postgres', url: 'postgres://hum@db/hum' }],
    ['postgresql://hum@db/hum', { engine: 'postgres', url: 'postgresql://hum@db/hum' }],
  ])('read HUM_STATE=%s', (value, expected) => {
    expect(readSettings({ HUM_STATE: value }).state).toEqual(expected)
  })

  it('trace where a collector is named, all or a share', () => {
    expect(readSettings({ OTEL_TRACES_SAMPLER_ARG: '0.5' }).traces).toBeUndefined()
    const HUM_TRACES = 'http://collector:4318/'
    expect(readSettings({ HUM_TRACES }).traces).toEqual({ url: 'http://collector:4318', share: 1 })
    expect(readSettings({ HUM_TRACES, OTEL_TRACES_SAMPLER_ARG: '0.25' }).traces?.share).toBe(0.25)
  })

  it.each([
    [{ OTEL_TRACES_SAMPLER_ARG: '25' }, 'OTEL_TRACES_SAMPLER_ARG must be a share from 0 to 1, such as 0.1'],
    [
      { HUM_TRUSTED_PROXIES: 'loopback,10.0.0.0/33' },
      'HUM_TRUSTED_PROXIES must list addresses or networks such as 10.0.0.0/8, not 10.0.0.0/33',
    ],
    [{ HUM_PORT: '65536' }, 'HUM_PORT must be a whole number from 0 to 65535'],
    [{ HUM_PORT: '3e3' }, 'HUM_PORT'],
    [{ HUM_PORT: '-1' }, 'HUM_PORT'],
    [{ HUM_RATE_LIMIT: '0' }, 'HUM_RATE_LIMIT must be a whole number from 1'],
    [{ HUM_RATE_LIMIT: 'many' }, 'HUM_RATE_LIMIT'],
    [{ HUM_LINKS: 'maybe' }, 'HUM_LINKS must be one of on, off'],
    [{ HUM_PUBLIC_URL: 'hum.example.org' }, 'HUM_PUBLIC_URL must be a web address'],
    [{ HUM_PUBLIC_URL: 'javascript:alert(1)' }, 'HUM_PUBLIC_URL'],
    [{ HUM_PUBLIC_URL: 'https://hum.example.org/?a' }, 'HUM_PUBLIC_URL'],
    [{ HUM_LOG_LEVEL: 'loud' }, 'HUM_LOG_LEVEL must be one of debug, info, warn, error, silent'],
  ])('refuse %o and say what is wrong', (env, message) => {
    expect(() => readSettings(env)).toThrow(message)
  })

  it('name all that is wrong at once', () => {
    expect(() => readSettings({ HUM_PORT: 'x', HUM_RATE_LIMIT: 'y' })).toThrow(
      /HUM_PORT.*HUM_RATE_LIMIT.*\.env\.example/,
    )
  })
})
