import { assert, json, property, stringMatching } from 'fast-check'
import { Webhook as Verifier } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { createWebhookSecret, signMessage } from './sign-message.ts'

/** The verifier refuses what is not of the last five minutes by its own clock. */
const now = (): number => Date.now()

describe('signMessage', () => {
  it('makes signatures that the verifier of Standard Webhooks takes, for any text', () => {
    assert(
      property(json(), stringMatching(/^msg_[0-9A-Za-z]{1,30}$/), (body, id) => {
        const secret = createWebhookSecret()
        const headers = signMessage({ secrets: [{ secret }] }, { id, body }, now())
        expect(headers['webhook-id']).toBe(id)
        expect(new Verifier(secret).verify(body, headers)).toEqual(JSON.parse(body))
      }),
    )
  })

  it('signs what the example of the specification is signed with', () => {
    const headers = signMessage(
      { secrets: [{ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }] },
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' },
      1_614_265_330_000,
    )
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('lets the old and the new secret sign during an overlap, and only the new one after', () => {
    const [fresh, old, stranger] = [createWebhookSecret(), createWebhookSecret(), createWebhookSecret()]
    const message = { id: 'msg_1', body: '{}' }
    const secrets = [{ secret: fresh }, { secret: old, endsAt: now() + 60_000 }]
    const during = signMessage({ secrets }, message, now())
    for (const secret of [fresh, old]) expect(new Verifier(secret).verify('{}', during)).toEqual({})
    expect(() => new Verifier(stranger).verify('{}', during)).toThrow('No matching signature')
    const after = signMessage({ secrets }, message, now() + 61_000)
    expect(new Verifier(fresh).verify('{}', after)).toEqual({})
    expect(() => new Verifier(old).verify('{}', after)).toThrow('No matching signature')
  })

  it('makes secrets of 256 random bits', () => {
    const secrets = Array.from({ length: 50 }, createWebhookSecret)
    expect(new Set(secrets).size).toBe(50)
    for (const secret of secrets) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  })
})
