import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApiToken } from '../../src/access/create-api-token.ts'
import { EXAMPLE, openTestApp } from '../support/test-app.ts'
import type { TestApp } from '../support/test-app.ts'

interface Answer {
  message: string
  data: Record<string, unknown> & { id: string; secret: string }
  errors?: { errors: Record<string, string[]> }
}

describe('the admin API', () => {
  let test: TestApp
  let admin: string
  let adminId: string

  beforeAll(async () => {
    test = await openTestApp({ rateLimit: 40 })
  })

  afterAll(() => test.close())

  beforeEach(async () => {
    for (const { id } of await test.state.tokens.list()) await test.state.tokens.revoke(id, test.now)
    test.now += 60_000
    const created = await createApiToken(needs(), { name: 'operator', kind: 'live', isAdmin: true })
    admin = created.secret
    adminId = created.token.id
    test.now++
  })

  const needs = () => ({ tokens: test.state.tokens, clock: () => test.now })

  async function ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, secret = admin) {
    const answer = await test.ask(method, url, {
      headers: { authorization: `Bearer ${secret}` },
      ...(payload && { payload }),
    })
    return { ...answer, status: answer.statusCode, headers: answer.headers, body: answer.json<Answer>() }
  }

  const create = async (wishes: object = {}) => (await ask('POST', '/admin/tokens', { name: 'a', ...wishes })).body.data
  const opens = async (secret: string) => (await ask('GET', '/ping', undefined, secret)).status

  it('creates a token that works, shows its secret once, and lists it from then on', async () => {
    const expires = new Date(test.now + 3_600_000).toISOString()
    const wishes = { name: 'Moving app', kind: 'test', rate_limit: 7, rate_window_seconds: 10, expires_at: expires }
    const created = await ask('POST', '/admin/tokens', wishes)
    expect(created.status).toBe(201)
    expect(created.headers['cache-control']).toContain('no-store')
    const { secret, ...shown } = created.body.data
    expect(secret).toMatch(/^hum_test_/)
    expect(created.headers['location']).toBe(`/admin/tokens/${shown.id}`)
    expect(shown).toMatchObject({ ...wishes, scope: 'secret', origins: [], last_used_at: null, revoked_at: null })
    const answer = await ask('POST', '/sessions', EXAMPLE, secret)
    expect(answer.status).toBe(201)
    expect(answer.headers['ratelimit-policy']).toBe('"default";q=7;w=10')
    expect((await ask('GET', `/admin/tokens/${shown.id}`)).body.data).toEqual(shown)
    const list = await ask('GET', '/admin/tokens')
    const listed = list.body.data as unknown as { id: string }[]
    expect(listed.slice(-2)).toEqual([expect.objectContaining({ id: adminId, scope: 'admin' }), shown])
    expect(JSON.stringify(list.body)).not.toContain(secret)
  })

  it('creates publishable tokens for pages of some origins', async () => {
    const { secret, scope } = await create({ origins: ['https://example.com'] })
    expect(scope).toBe('publishable')
    const headers = { authorization: `Bearer ${secret}`, origin: 'https://example.com' }
    expect((await test.ask('POST', '/sessions', { headers, payload: EXAMPLE })).statusCode).toBe(201)
  })

  it('lists parts of a long list, in a steady order', async () => {
    for (const name of ['b', 'c', 'd']) await create({ name })
    const { body } = await ask('GET', '/admin/tokens?limit=2&offset=1')
    const all = (await ask('GET', '/admin/tokens')).body.data as unknown as object[]
    expect(body).toMatchObject({ meta: { total: all.length, limit: 2, offset: 1 } })
    expect(body.data).toEqual(all.slice(1, 3))
  })

  it('replaces a token: both work for the overlap, then only the new one, for the same account', async () => {
    const old = await create()
    const rotated = await ask('POST', `/admin/tokens/${old.id}/rotate`, { overlap_seconds: 60 })
    expect(rotated.status).toBe(201)
    expect(rotated.body.data).toMatchObject({ account_id: old['account_id'], name: 'a' })
    expect([await opens(old.secret), await opens(rotated.body.data.secret)]).toEqual([200, 200])
    test.now += 60_000
    expect([await opens(old.secret), await opens(rotated.body.data.secret)]).toEqual([401, 200])
  })

  it('changes what it is told of a token, which holds within a second, and takes it back', async () => {
    const { id, secret, ...before } = await create({ kind: 'test' })
    const policy = async () => (await ask('GET', '/ping', undefined, secret)).headers['ratelimit-policy']
    expect(await policy()).toBe('"default";q=40;w=60')
    const end = new Date(test.now + 3_600_000).toISOString()
    const changes = { name: 'b', rate_limit: 7, rate_window_seconds: 10, expires_at: end }
    const changed = await ask('PATCH', `/admin/tokens/${id}`, changes)
    expect(changed.status).toBe(200)
    expect(changed.body.data).toEqual({ ...before, id, ...changes, last_used_at: null })
    expect((await ask('GET', `/admin/tokens/${id}`)).body.data).toEqual(changed.body.data)
    test.now += 1000
    expect(await policy()).toBe('"default";q=7;w=10')
    test.now += 3_600_000
    expect(await opens(secret)).toBe(401)
    const none = { rate_limit: null, rate_window_seconds: null, expires_at: null }
    expect((await ask('PATCH', `/admin/tokens/${id}`, none)).body.data).toMatchObject({ ...none, name: 'b' })
    test.now += 1000
    expect(await policy()).toBe('"default";q=40;w=60')
  })

  it('changes the origins of a publishable token, which keeps one or more', async () => {
    const { id, secret } = await create({ origins: ['https://example.com'] })
    const open = async (origin: string) => {
      const headers = { authorization: `Bearer ${secret}`, origin }
      return (await test.ask('POST', '/sessions', { headers, payload: EXAMPLE })).statusCode
    }
    expect(await open('https://example.com')).toBe(201)
    const origins = ['https://example.org', 'http://localhost:8080']
    const changed = await ask('PATCH', `/admin/tokens/${id}`, { origins })
    expect(changed.body.data).toMatchObject({ origins, scope: 'publishable' })
    test.now += 1000
    expect([await open('https://example.com'), await open('https://example.org')]).toEqual([401, 201])
    expect((await ask('PATCH', `/admin/tokens/${id}`, { origins: [] })).status).toBe(422)
    const plain = await create()
    expect((await ask('PATCH', `/admin/tokens/${plain.id}`, { origins })).status).toBe(422)
    expect((await ask('GET', `/admin/tokens/${plain.id}`)).body.data).toMatchObject({ origins: [], scope: 'secret' })
  })

  it('revokes a token, which is refused within a second', async () => {
    const { id, secret } = await create()
    expect(await opens(secret)).toBe(200)
    const revoked = await ask('DELETE', `/admin/tokens/${id}`)
    expect(revoked.status).toBe(200)
    expect(revoked.body.data['revoked_at']).toBe(new Date(test.now).toISOString())
    test.now += 1000
    expect(await opens(secret)).toBe(401)
    expect((await ask('DELETE', `/admin/tokens/${id}`)).status).toBe(404)
    expect((await ask('PATCH', `/admin/tokens/${id}`, { name: 'b' })).status).toBe(404)
    expect((await ask('POST', `/admin/tokens/${id}/rotate`, {})).status).toBe(404)
  })

  it('answers 404 for an id that names no token', async () => {
    for (const [method, url] of [
      ['GET', '/admin/tokens/none'],
      ['DELETE', '/admin/tokens/none'],
      ['PATCH', '/admin/tokens/none'],
      ['POST', '/admin/tokens/none/rotate'],
    ] as const) {
      expect((await ask(method, url, method.startsWith('P') ? {} : undefined)).status).toBe(404)
    }
  })

  it.each([
    [{}, 'name', "can't be blank"],
    [{ name: '' }, 'name', "can't be blank"],
    [{ name: ' ' }, 'base', 'Give the token a name of 1 to 100 characters, to know it by in the list.'],
    [{ name: 'x'.repeat(101) }, 'name', 'is too long (maximum is 100 characters)'],
    [{ name: 'x', kind: 'real' }, 'kind', 'must be one of live, test'],
    [{ name: 'x', rate_limit: 0 }, 'rate_limit', 'must be at least 1'],
    [{ name: 'x', rate_limit: '5' }, 'rate_limit', 'must be a whole number'],
    [{ name: 'x', rate_window_seconds: 86_401 }, 'rate_window_seconds', 'must be at most 86400'],
    [{ name: 'x', expires_at: 'soon' }, 'expires_at', 'must be a time such as 2027-01-31T00:00:00Z'],
    [{ name: 'x', expires_at: '2020-01-01T00:00:00Z' }, 'base', 'The token would have expired already.'],
    [{ name: 'x', origins: 'https://example.com' }, 'origins', 'must be a list'],
    [{ name: 'x', rate_limt: 5 }, 'rate_limt', 'is not a parameter here'],
    [{ name: 'x', admin: true }, 'admin', 'is not a parameter here'],
  ])('refuses the wishes %j and says why', async (wishes, field, message) => {
    const answer = await ask('POST', '/admin/tokens', wishes)
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.errors[field]).toEqual([message])
  })

  it.each([
    [{ name: '' }, 'name', "can't be blank"],
    [{ name: ' ' }, 'base', 'Give the token a name of 1 to 100 characters, to know it by in the list.'],
    [{ name: null }, 'name', 'must be text'],
    [{ kind: 'test' }, 'kind', 'is not a parameter here'],
    [{ scope: 'admin' }, 'scope', 'is not a parameter here'],
    [{ rate_limit: 0 }, 'rate_limit', 'must be at least 1'],
    [{ rate_limit: '5' }, 'rate_limit', 'must be a whole number'],
    [{ rate_window_seconds: 86_401 }, 'rate_window_seconds', 'must be at most 86400'],
    [{ expires_at: 'soon' }, 'expires_at', 'must be a time such as 2027-01-31T00:00:00Z'],
    [{ expires_at: '2020-01-01T00:00:00Z' }, 'base', 'The token would have expired already.'],
    [{ origins: ['https://example.com/path'] }, 'base', expect.stringContaining('An origin is a scheme and a host')],
  ])('refuses the changes %j, says why, and changes nothing', async (changes, field, message) => {
    const { id, secret: _, ...before } = await create({ origins: ['https://example.com'], rate_limit: 30 })
    const answer = await ask('PATCH', `/admin/tokens/${id}`, { rate_limit: 9, ...changes })
    expect(answer.status).toBe(422)
    expect(answer.body.errors?.errors[field]).toEqual([message])
    expect((await ask('GET', `/admin/tokens/${id}`)).body.data).toEqual({ id, ...before })
  })

  it.each(['limit=0', 'limit=1001', 'limit=x', 'offset=-1', 'limits=3'])('refuses the query %s', async (query) => {
    expect((await ask('GET', `/admin/tokens?${query}`)).status).toBe(422)
  })

  it('opens for no other token, and an admin token opens nothing else', async () => {
    const { secret, id } = await create()
    const publishable = await create({ origins: ['https://example.com'] })
    for (const wrong of [secret, publishable.secret, 'hum_test_sandbox', 'x', `${admin}x`]) {
      for (const [method, url] of [
        ['GET', '/admin/tokens'],
        ['POST', '/admin/tokens'],
        ['GET', `/admin/tokens/${id}`],
        ['DELETE', `/admin/tokens/${id}`],
        ['PATCH', `/admin/tokens/${id}`],
        ['POST', `/admin/tokens/${id}/rotate`],
        ['GET', '/admin/data-set'],
      ] as const) {
        const answer = await test.ask(method, url, {
          headers: { authorization: `Bearer ${wrong}`, origin: 'https://example.com' },
          ...(method.startsWith('P') && { payload: { name: 'x' } }),
        })
        expect(answer.statusCode, `${method} ${url}`).toBe(401)
        test.now += 60_000
      }
    }
    expect((await test.app.server.inject('/admin/tokens')).statusCode).toBe(401)
    for (const [method, url] of [
      ['POST', '/sessions'],
      ['GET', '/sessions/x'],
      ['GET', '/ping'],
      ['GET', '/addresses/suggest?q=1'],
    ] as const) {
      expect((await ask(method, url, method === 'POST' ? EXAMPLE : undefined)).status, url).toBe(401)
    }
    expect((await ask('GET', '/admin/nothing')).status).toBe(404)
  })

  it('neither makes, changes, replaces nor revokes admin tokens', async () => {
    expect((await ask('PATCH', `/admin/tokens/${adminId}`, { name: 'x' })).status).toBe(422)
    expect((await ask('DELETE', `/admin/tokens/${adminId}`)).status).toBe(422)
    expect((await ask('POST', `/admin/tokens/${adminId}/rotate`, {})).status).toBe(422)
    expect((await ask('GET', '/admin/tokens')).status).toBe(200)
  })

  it('counts requests like those of any token, and guesses by the address of who guesses', async () => {
    for (let guess = 0; guess < 40; guess++)
      expect((await ask('GET', '/admin/tokens', undefined, 'x')).status).toBe(401)
    expect((await ask('GET', '/admin/tokens', undefined, 'x')).status).toBe(429)
    for (let request = 0; request < 40; request++) expect((await ask('GET', '/admin/tokens')).status).toBe(200)
    expect((await ask('GET', '/admin/tokens')).status).toBe(429)
  })

  it('tells pages of other origins nothing', async () => {
    const headers = { origin: 'https://example.com', authorization: `Bearer ${admin}` }
    for (const url of ['/admin/tokens', '/admin/data-set', '/admin/tokens/none']) {
      const answer = await test.ask('GET', url, { headers })
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
    const preflight = await test.app.server.inject({
      method: 'OPTIONS',
      url: '/admin/tokens',
      headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
    })
    expect(preflight.statusCode).toBe(401)
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('tells of the data set and its sources', async () => {
    const { body } = await ask('GET', '/admin/data-set')
    expect(body.data).toMatchObject({ version: test.lookUps.version, is_sandbox: true })
    expect(body.data['sources']).toHaveLength(test.lookUps.sources.size)
  })

  it('logs who changed which token, and no secret', async () => {
    const { id, secret } = await create()
    const rotated = await ask('POST', `/admin/tokens/${id}/rotate`)
    expect(rotated.status, 'no body is needed').toBe(201)
    await ask('PATCH', `/admin/tokens/${id}`, { name: 'b' })
    await ask('DELETE', `/admin/tokens/${id}`)
    const changes = test.log
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ adminTokenId }) => adminTokenId === adminId)
    expect(changes.map(({ msg, tokenId }) => [msg, tokenId])).toEqual([
      ['token created', id],
      ['token rotated', id],
      ['token changed', id],
      ['token revoked', id],
    ])
    for (const hidden of [admin, secret, rotated.body.data.secret]) expect(test.log.join('')).not.toContain(hidden)
  })

  it('stands in the served document with its own tag and security', async () => {
    const document = (await test.app.server.inject('/openapi.json')).json<{
      paths: Record<string, Record<string, { tags: string[]; security: object[] }>>
      components: { securitySchemes: object }
    }>()
    const admins = Object.entries(document.paths).filter(([path]) => path.startsWith('/admin/'))
    expect(admins.map(([path]) => path)).toEqual(
      expect.arrayContaining(['/admin/tokens', '/admin/tokens/{id}', '/admin/tokens/{id}/rotate', '/admin/data-set']),
    )
    for (const operation of admins.flatMap(([, operations]) => Object.values(operations))) {
      expect(operation).toMatchObject({ tags: ['Admin'], security: [{ adminAuth: [] }] })
    }
    expect(document.components.securitySchemes).toHaveProperty('adminAuth')
  })
})
