import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCandidateId, encodeCandidateId } from './candidate-id.ts'

describe('candidate ids', () => {
  it('are read back, and are the same for the same candidate', () => {
    const key = fc.record({
      streetId: fc.nat(),
      numberText: fc.stringMatching(/^[0-9A-Z-]{1,12}$/),
      unitText: fc.stringMatching(/^[0-9A-Z #]{0,20}$/),
    })
    fc.assert(
      fc.property(key, (candidate) => {
        const id = encodeCandidateId(candidate)
        expect(decodeCandidateId(id)).toEqual(candidate)
        expect(encodeCandidateId({ ...candidate })).toBe(id)
        expect(id).toMatch(/^[\w-]+$/)
      }),
    )
  })

  it('show neither number nor unit', () => {
    const id = encodeCandidateId({ streetId: 7, numberText: '29090', unitText: 'APT 2B' })
    expect(Buffer.from(id, 'base64url').toString('latin1')).not.toMatch(/29090|APT|2B/)
  })

  it('take any other text for no id', () => {
    const id = encodeCandidateId({ streetId: 7, numberText: '29090', unitText: '' })
    expect(decodeCandidateId(`${id.slice(0, -1)}${id.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined()
    fc.assert(fc.property(fc.string(), (text) => decodeCandidateId(text) === undefined))
  })
})
