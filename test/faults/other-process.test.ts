import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { State } from '../../src/storage/open-state.ts'
import { closeBoth, describeOnEachEngine } from '../support/each-engine.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

const MINUTE = 60_000

describeOnEachEngine('two processes', (openTwice) => {
  let states: readonly [State, State]
  let one: TestApp
  let other: TestApp

  beforeEach(async () => {
    states = await openTwice()
    one = await openTestApp({ state: states[0] })
    other = await openTestApp({ state: states[1] })
  })

  afterEach(async () => {
    await one.close()
    await other.close()
    await closeBoth(states)
  })

  it('know at once what the other has closed', async () => {
    const token = await one.open()
    for (const app of [one, other, one]) expect((await app.ask('GET', `/sessions/${token}`)).statusCode).toBe(200)
    expect((await other.ask('DELETE', `/sessions/${token}`)).statusCode).toBe(200)
    for (const path of ['', '/services/internet', '/evidence', '/map', '/events'])
      for (const app of [one, other])
        expect((await app.ask('GET', `/sessions/${token}${path}`)).statusCode, path).toBe(410)
  })

  it('stop agents at work on a session that the other closes', async () => {
    let atWork: AbortSignal | undefined
    const busy = await openTestApp({
      state: states[0],
      lookUps: (sandbox) => ({
        ...sandbox,
        interfere: (_agent, _params, work) => {
          atWork = work.signal()
          return sleep(60_000, undefined, { signal: atWork })
        },
      }),
    })
    const opened = await busy.ask('POST', '/sessions', { payload: EXAMPLE, headers: { prefer: 'wait=0' } })
    const token = String(opened.headers['session_token'])
    expect(atWork?.aborted).toBe(false)
    expect((await other.ask('DELETE', `/sessions/${token}`)).statusCode).toBe(200)
    await expect.poll(() => atWork?.aborted, { timeout: 20_000 }).toBe(true)
    await busy.close()
    expect(await states[0].sessions.find(token)).toMatchObject({ geocoding: undefined, internet: undefined })
  }, 60_000)

  it('do not take a session for idle that the other was asked about just before', async () => {
    const token = await one.open()
    const setTime = (minutes: number): void => {
      one.now += minutes * MINUTE
      other.now = one.now
    }
    setTime(29)
    expect((await one.ask('GET', `/sessions/${token}`)).statusCode).toBe(200)
    setTime(2)
    expect((await other.ask('GET', `/sessions/${token}`)).statusCode).toBe(200)
    setTime(31)
    expect((await one.ask('GET', `/sessions/${token}`)).statusCode).toBe(410)
  })
})
