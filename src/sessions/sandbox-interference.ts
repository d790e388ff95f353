import { setTimeout as sleep } from 'node:timers/promises'
import { parseAddressFields } from '../address/index.ts'
import type { FindSandboxBehaviour } from '../dataset/sandbox/sandbox-behaviours.ts'
import { rememberAnswers } from './remember-answers.ts'
import type { LookUps } from './look-ups.ts'

const NONE = { agent: undefined } as const

/** Makes agents slow or failing at the addresses that the sandbox has set for it. */
export function createSandboxInterference(findBehaviour: FindSandboxBehaviour): LookUps['interfere'] {
  const findSet = rememberAnswers((params) => findBehaviour(parseAddressFields(params).deliveryLine) ?? NONE)
  return (agent, params, work) => {
    const set = findSet(params)
    if (set.agent !== agent) return undefined
    if (set.behaviour === 'fail') throw new Error(`The ${agent} agent of this test address fails on purpose.`)
    return sleep(set.seconds * 1000, undefined, { signal: work.signal() })
  }
}
