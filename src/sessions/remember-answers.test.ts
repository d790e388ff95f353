import { describe, expect, it } from 'vitest'
import { rememberAnswers } from './remember-answers.ts'
import type { SessionParams } from './session.ts'

describe('remembered answers', () => {
  function counted() {
    const asked: SessionParams[] = []
    const lookUp = rememberAnswers((params) => {
      asked.push(params)
      return { street: params.street1 }
    })
    return { asked, lookUp }
  }

  it('are given again for the same address, whatever else the parameters say', () => {
    const { asked, lookUp } = counted()
    const first = lookUp({ street1: 'a', zip: '1' })
    expect(lookUp({ street1: 'a', zip: '1', campaignId: 'x' })).toBe(first)
    expect(asked).toHaveLength(1)
  })

  it('are told apart by every part of the address', () => {
    const { asked, lookUp } = counted()
    const coordinates = { latitude: 1, longitude: 2 }
    const all: SessionParams[] = [
      { street1: 'a' },
      { street1: 'a', street2: 'b' },
      { street1: 'a', city: 'b' },
      { street1: 'a', state: 'b' },
      { street1: 'a', zip: 'b' },
      { street1: 'a', coordinates },
      { street1: 'a', coordinates: { latitude: 1 } },
      { street1: 'a","b' },
    ]
    for (const params of [...all, ...all]) lookUp(params)
    expect(asked).toEqual(all)
  })

  it('are forgotten, the oldest first, beyond ten thousand', () => {
    const { asked, lookUp } = counted()
    for (let index = 0; index <= 10_000; index++) lookUp({ street1: String(index) })
    lookUp({ street1: '1' })
    expect(asked).toHaveLength(10_001)
    lookUp({ street1: '0' })
    expect(asked).toHaveLength(10_002)
  })
})
