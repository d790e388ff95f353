import { setTimeout as sleep } from 'node:timers/promises'
import { parseAddressFields } from '../address/index.ts'
import type { FindSandboxBehaviour } from '../dataset/sandbox-behaviours.ts'
import type { LookUps } from './look-ups.ts'

/** Makes agents slow or failing at the addresses that the sandbox has set for it. */
export function createSandboxInterference(findBehaviour: FindSandboxBehaviour): LookUps['interfere'] {
  return (agent, params, work) => {
    const set = findBehaviour(parseAddressFields(params).deliveryLine)
    if (set?.agent !== agent) return undefined
    if (set.behaviour === 'fail') throw new Error(`The ${agent} agent of this test address fails on purpose.`)
    return sleep(set.seconds * 1000, undefined, { signal: work.signal() })
  }
}
