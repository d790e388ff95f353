import { describe, expect, it } from 'vitest'
import type { Candidate, GeocodeResult } from '../geocode/geocode-result.ts'
import { groundSession } from './ground-session.ts'
import type { LookUps } from './look-ups.ts'
import type { Session } from './session.ts'

const place = { serviceAddress: '1 MAIN ST, WESTBROOK, ME 04092', coordinates: { latitude: 43, longitude: -70 } }
const candidate = (id: string) => ({ id, place, score: 1, parts: {} }) as unknown as Candidate
const matched = (id: string): GeocodeResult => ({ outcome: 'matched', candidate: candidate(id) })
const failed: GeocodeResult = { outcome: 'failed', reason: 'street_unknown', suggestions: [] }

function lookUps(version: string, found: GeocodeResult, isServed = true): LookUps {
  const findInternet = () => (isServed ? { outcome: 'matched' } : { outcome: 'failed', reason: 'nobody_filed' })
  return { version, geocode: () => ({ ...found, dataSet: version }), findInternet } as unknown as LookUps
}

const session = (members: Partial<Session>): Session => ({
  token: 'token',
  accountId: 'account',
  kind: 'live',
  params: { street1: '1 Main St', zip: '04092' },
  createdAt: 1,
  updatedAt: 1,
  lastSeenAt: 1,
  geocoding: { ...matched('old'), dataSet: '26100101' },
  internet: { outcome: 'matched' },
  ...members,
})

describe('groundSession', () => {
  it('leaves a session alone that the same data set answered', () => {
    const before = session({})
    expect(groundSession(before, lookUps('26100101', failed))).toBe(before)
  })

  it('looks up again what another data set found', () => {
    const { geocoding, internet } = groundSession(session({}), lookUps('26100201', matched('new'), false))
    expect(geocoding).toEqual({ ...matched('new'), dataSet: '26100201' })
    expect(internet).toEqual({ outcome: 'failed', reason: 'nobody_filed' })
  })

  it('says so when the address is gone', () => {
    const { geocoding, internet } = groundSession(session({}), lookUps('26100201', failed))
    expect(geocoding).toMatchObject({ outcome: 'failed', dataSet: '26100201' })
    expect(internet).toEqual({ outcome: 'failed', reason: 'place_unknown' })
  })

  it('leaves pending what is pending', () => {
    const pending = session({ geocoding: undefined, internet: undefined })
    expect(groundSession(pending, lookUps('26100201', matched('new')))).toBe(pending)
    const half = groundSession(session({ internet: undefined }), lookUps('26100201', matched('new')))
    expect(half.internet).toBeUndefined()
  })

  it('does not do an agent’s work that failed', () => {
    const agentFailed = { outcome: 'failed', reason: 'agent_failed' } as const
    expect(groundSession(session({ internet: agentFailed }), lookUps('26100201', matched('new'))).internet).toBe(
      agentFailed,
    )
    const without = session({ geocoding: agentFailed })
    expect(groundSession(without, lookUps('26100201', matched('new')))).toBe(without)
  })

  it('keeps a candidate that was chosen by hand', () => {
    const chosen = session({ geocoding: matched('chosen') })
    expect(groundSession(chosen, lookUps('26100201', matched('new')))).toBe(chosen)
  })
})
