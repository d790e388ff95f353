import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { downloadFile } from '../../src/ingest/fetch/download-file.ts'
import type { DownloadRequest } from '../../src/ingest/fetch/download-file.ts'
import { startPublicDataServer } from '../support/public-data-server.ts'
import type { Fault, PublicDataServer } from '../support/public-data-server.ts'
import { zipBytes } from '../support/zip-bytes.ts'

const PATH = '/files/data.zip'
/** Half a megabyte that does not compress, so that a part of it counts as progress. */
const noise = (seed: number) =>
  Buffer.from(Uint32Array.from({ length: 131_072 }, (_, index) => Math.imul(index + seed, 2_654_435_761) >>> 0).buffer)

let server: PublicDataServer
let folder: string
let content: Buffer
let waits: number[]

beforeEach(async () => {
  server = await startPublicDataServer()
  folder = await mkdtemp(join(tmpdir(), 'hum-download-'))
  content = await zipBytes({ 'data.csv': noise(1) })
  server.files.set(PATH, content)
  waits = []
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const target = () => join(folder, 'data.zip')
const ranges = () => server.requests.map(({ headers }) => headers.range)

async function download(faults: readonly Fault[], request: Partial<DownloadRequest> = {}) {
  const path = new URL(request.url ?? PATH, server.url).pathname
  server.faults.set(path, [...faults])
  return await downloadFile(
    { sleep: async (milliseconds) => void waits.push(milliseconds), random: () => 0, idleTimeoutMs: 300 },
    { url: `${server.url}${path}`, path: target(), onRetry: () => {}, ...request },
  )
}

describe('downloadFile', () => {
  it('puts a whole file in place and leaves nothing beside it', async () => {
    const downloaded = await download([])
    expect(downloaded).toMatchObject({ outcome: 'fetched', bytes: content.length })
    expect(await readFile(target())).toEqual(content)
    expect(readdirSync(join(folder, '.partial'))).toEqual([])
  })

  it('goes on where a connection broke', async () => {
    await download([
      { kind: 'truncate', after: 100_000 },
      { kind: 'truncate', after: 150_000 },
    ])
    expect(await readFile(target())).toEqual(content)
    const [first, second, third] = ranges()
    expect(first).toBeUndefined()
    expect(second).toMatch(/^bytes=\d+-$/)
    expect(Number(third?.slice(6, -1))).toBeGreaterThan(Number(second?.slice(6, -1)))
  })

  it('goes on where a run before broke off', async () => {
    const broken: Fault[] = Array.from({ length: 6 }, () => ({ kind: 'truncate', after: 10_000 }))
    await expect(download(broken)).rejects.toThrow('Tried 6 times')
    expect(existsSync(target())).toBe(false)
    await download([])
    expect(ranges().at(-1)).toMatch(/^bytes=[1-9]\d*-$/)
    expect(await readFile(target())).toEqual(content)
  })

  it('starts over when the file changed in between, and never mixes the two', async () => {
    const broken: Fault[] = Array.from({ length: 6 }, () => ({ kind: 'truncate', after: 10_000 }))
    await expect(download(broken)).rejects.toThrow('Tried 6 times')
    const changed = await zipBytes({ 'data.csv': noise(2) })
    server.files.set(PATH, changed)
    await download([])
    expect(await readFile(target())).toEqual(changed)
  })

  it('starts over when the file became shorter than what is there', async () => {
    const broken: Fault[] = Array.from({ length: 6 }, () => ({ kind: 'truncate', after: 10_000 }))
    await expect(download(broken)).rejects.toThrow('Tried 6 times')
    await download([{ kind: 'status', status: 416 }])
    expect(await readFile(target())).toEqual(content)
  })

  it('starts over with a server that does not tell versions', async () => {
    server.tellsVersions = false
    await download([{ kind: 'truncate', after: 100_000 }])
    expect(ranges()).toEqual([undefined, undefined])
    expect(await readFile(target())).toEqual(content)
  })

  it('gives up a connection that falls silent, and goes on', async () => {
    await download([{ kind: 'stall', after: 100_000 }])
    expect(await readFile(target())).toEqual(content)
    expect(ranges().at(-1)).toMatch(/^bytes=/)
  })

  it('waits as long as Retry-After says', async () => {
    await download([
      { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
      {
        kind: 'status',
        status: 503,
        headers: { date: 'Mon, 01 Jun 2026 00:00:00 GMT', 'retry-after': 'Mon, 01 Jun 2026 00:01:00 GMT' },
      },
    ])
    expect(waits).toEqual([7_000, 60_000])
  })

  it('tries again after 500s, a little later each time', async () => {
    await download([500, 502, 503].map((status) => ({ kind: 'status', status })))
    expect(waits).toEqual([1000, 2000, 4000])
  })

  it.each([403, 404, 410])('does not try again after %i', async (status) => {
    await expect(download([{ kind: 'status', status }])).rejects.toThrow(`answers ${status}.`)
    expect(waits).toEqual([])
  })

  it('never takes a web page for data', async () => {
    const pages: Fault[] = Array.from({ length: 6 }, () => ({ kind: 'html' }))
    await expect(download(pages)).rejects.toThrow('data.zip holds a web page, not data. Fetch it again. Tried 6 times.')
    expect(existsSync(target())).toBe(false)
  })

  it('fetches a file again whose bytes are wrong', async () => {
    await download([{ kind: 'garble' }])
    expect(await readFile(target())).toEqual(content)
    expect(waits).toEqual([1000])
  })

  it('never takes a damaged gzip', async () => {
    const gzip = gzipSync(noise(3))
    server.files.set('/files/data.geojson.gz', gzip)
    const path = join(folder, 'data.geojson.gz')
    await download([{ kind: 'garble' }], { url: `${server.url}/files/data.geojson.gz`, path })
    expect(await readFile(path)).toEqual(gzip)
    expect(waits).toEqual([1000])
  })

  it('keeps the present file until the new one is whole', async () => {
    await writeFile(target(), 'old')
    await expect(download(Array.from({ length: 6 }, () => ({ kind: 'garble' })))).rejects.toThrow('damaged')
    expect(await readFile(target(), 'utf8')).toBe('old')
  })

  it('fetches nothing when the server has no newer version', async () => {
    const first = await download([])
    const second = await download([], { present: first.outcome === 'fetched' ? first : {} })
    expect(second).toEqual({ outcome: 'unchanged' })
  })

  it('refuses to follow redirects for ever', async () => {
    const redirects: Fault[] = Array.from({ length: 10 }, () => ({ kind: 'redirect', to: PATH }))
    await expect(download(redirects)).rejects.toThrow('redirects without end')
  })

  it('hands credentials to the server they are for and to no other', async () => {
    const other = await startPublicDataServer()
    try {
      other.files.set('/elsewhere.zip', content)
      await download([{ kind: 'redirect', to: `${other.url}/elsewhere.zip` }], {
        credentials: { username: 'someone', hash_value: 'secret' },
      })
      expect(server.requests[0]?.headers['hash_value']).toBe('secret')
      expect(other.requests).toHaveLength(1)
      expect(other.requests[0]?.headers).not.toHaveProperty('hash_value')
      expect(other.requests[0]?.headers).not.toHaveProperty('username')
      expect(await readFile(target())).toEqual(content)
    } finally {
      await other.close()
    }
  })

  it('shows no query of an address in its messages', async () => {
    const url = `${server.url}/gone.zip?token=secret`
    await expect(download([], { url })).rejects.toThrow(`${server.url}/gone.zip answers 404.`)
  })
})
