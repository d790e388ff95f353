import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectDocumentedAnswer } from '../contract/api-document.ts'
import { openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

describe('GET /ping', () => {
  let test: TestApp

  beforeAll(async () => {
    test = await openTestApp()
  })

  afterAll(() => test.close())

  it.each([undefined, 'Bearer hum_test_sandbox', 'bearer  hum_test_sandbox'])('hums with %j', async (authorization) => {
    const answer = await test.app.server.inject({ url: '/ping', headers: authorization ? { authorization } : {} })
    expectDocumentedAnswer('ping', answer)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({
      message: "🎤 We're humming along!",
      request_status: 'ok',
      data: {},
      timestamp: new Date(test.now).toISOString(),
    })
  })

  it.each(['Bearer wrong', 'Bearer', 'Basic eDp5', 'hum_test_sandbox', `Bearer ${'x'.repeat(5000)}`])(
    'refuses %j',
    async (authorization) => {
      const answer = await test.app.server.inject({ url: '/ping', headers: { authorization } })
      expectDocumentedAnswer('ping', answer)
      expect(answer.statusCode).toBe(401)
    },
  )
})
