import { mkdtemp, readdir, readFile, rm, utimes, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findState, STATES } from '../../src/address/index.ts'
import { readFetchManifest } from '../../src/ingest/fetch/fetch-manifest.ts'
import type { FetchSettings } from '../../src/ingest/fetch/fetch-settings.ts'
import { planFetch } from '../../src/ingest/fetch/plan-fetch.ts'
import type { FetchWishes } from '../../src/ingest/fetch/plan-fetch.ts'
import { runFetch } from '../../src/ingest/fetch/run-fetch.ts'
import { findSources } from '../../src/ingest/find-sources.ts'
import { layOutPublicData, listWholeNation } from '../support/public-data-layout.ts'
import { startPublicDataServer } from '../support/public-data-server.ts'
import type { PublicDataServer } from '../support/public-data-server.ts'

const ACCOUNT = { username: 'someone@example.org', hashValue: 'a'.repeat(44) }

let server: PublicDataServer
let into: string
let settings: FetchSettings
let fccCalls: number
let messages: string[]

beforeEach(async () => {
  server = await startPublicDataServer()
  await layOutPublicData(server)
  server.account = { below: '/api/public/map', ...ACCOUNT }
  into = await mkdtemp(join(tmpdir(), 'hum-fetch-'))
  settings = {
    tigerUrl: `${server.url}/geo/tiger`,
    fccUrl: `${server.url}/api/public/map`,
    geonamesUrl: `${server.url}/export/zip`,
    nadUrl: `${server.url}/nad`,
    fccAccount: ACCOUNT,
  }
  fccCalls = 0
  messages = []
})

afterEach(async () => {
  await server.close()
  await rm(into, { recursive: true, force: true })
})

function needs() {
  return {
    settings,
    clock: () => Date.UTC(2026, 9, 1),
    sleep: async () => {},
    random: () => 0,
    idleTimeoutMs: 2_000,
    fccPace: async () => void fccCalls++,
    onRetry: ({ message }: Error) => void messages.push(message),
  }
}

const states = (...codes: string[]) => STATES.filter(({ code }) => codes.includes(code))

const plan = (wishes: Partial<FetchWishes>) =>
  planFetch(needs(), { states: [], withSatellite: false, openAddresses: [], nad: false, ...wishes })

async function fetchAll(wishes: Partial<FetchWishes>, prune = false) {
  const { files } = await plan(wishes)
  const outcomes: Record<string, string> = {}
  const superseded = await runFetch(
    needs(),
    { files, into, prune },
    {
      received: () => {},
      retrying: (_file, reason) => void messages.push(reason),
      finished: ({ name }, outcome, _bytes, reason) => {
        outcomes[name] = outcome
        if (reason !== undefined) messages.push(reason)
      },
    },
  )
  return { outcomes, superseded }
}

const MAINE = [
  'tl_2025_23005_addrfeat.zip',
  'tl_2025_23019_addrfeat.zip',
  'tl_2025_23005_faces.zip',
  'tl_2025_23019_faces.zip',
  'tl_2025_23_place.zip',
  'US.zip',
  'bdc_23_Cable_fixed_broadband_D25_29sep2026.zip',
  'bdc_23_FibertothePremises_fixed_broadband_D25_29sep2026.zip',
  'bdc_us_provider_list_D25_29sep2026.zip',
]

describe('planFetch', () => {
  it('takes the newest year that is whole, the newest revisions, and no satellites', async () => {
    const { files, notes } = await plan({ states: states('ME') })
    expect(files.map(({ name }) => name)).toEqual(MAINE)
    expect(notes).toEqual([])
  })

  it('takes a newer year as soon as it has all layers of the states asked for', async () => {
    const { files } = await plan({ states: states('NH') })
    expect(files.map(({ name }) => name)).toContain('tl_2026_33011_faces.zip')
  })

  it('takes the whole nation, territories without address ranges included', async () => {
    listWholeNation(server, STATES)
    const all = STATES.filter(({ fips }) => fips !== undefined)
    const { files, notes } = await plan({ states: all })
    expect(all).toHaveLength(56)
    const count = (text: string) => files.filter(({ name }) => name.includes(text)).length
    expect([count('_addrfeat'), count('_faces'), count('_place')]).toEqual([52, 56, 56])
    expect(files.flatMap(({ folder, name }) => (folder === 'zip' ? name : []))).toEqual(
      ['US', 'AS', 'GU', 'MP', 'PR', 'VI'].map((country) => `${country}.zip`),
    )
    expect(notes).toContain('The FCC lists no fixed-broadband file of Guam.')
  })

  it('takes satellites when asked', async () => {
    const { files } = await plan({ states: states('ME'), withSatellite: true })
    expect(files.map(({ name }) => name)).toContain('bdc_23_GSOSatellite_fixed_broadband_D25_29sep2026.zip')
  })

  it('tells sizes before anything is fetched', async () => {
    const { files } = await plan({ states: states('ME') })
    const sizeOf = (name: string) => files.find((file) => file.name === name)?.estimatedBytes
    expect(sizeOf('tl_2025_23005_addrfeat.zip')).toBe(Math.round(3.1 * 1024 * 1024))
    expect(sizeOf('bdc_23_Cable_fixed_broadband_D25_29sep2026.zip')).toBe(14_000)
    expect(await readdir(into)).toEqual([])
  })

  it('leaves the FCC out, and says so, without an account', async () => {
    settings = { ...settings, fccAccount: undefined }
    const { files, notes } = await plan({ states: states('ME') })
    expect(files.filter(({ folder }) => folder === 'bdc')).toEqual([])
    expect(notes.join()).toContain('HUM_FCC_USERNAME')
  })

  it('says which account settings to check when the FCC refuses them', async () => {
    settings = { ...settings, fccAccount: { username: 'someone', hashValue: 'wrong-token' } }
    const failure = await plan({ states: states('ME') }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'settings_invalid' })
    expect(String(failure)).toContain('HUM_FCC_HASH_VALUE')
    expect(String(failure)).not.toContain('wrong-token')
  })

  it('names the state for which there is nothing', async () => {
    await expect(plan({ states: states('ME', 'VT') })).rejects.toThrow('has ADDRFEAT, FACES and PLACE for VT.')
  })

  it('asks what to fetch when nothing was named', async () => {
    await expect(plan({})).rejects.toThrow('Say what to fetch: --state ME')
  })

  it('never lets the FCC name a file outside of the folder', async () => {
    const path = '/api/public/map/downloads/listAvailabilityData/2025-12-31?category=State'
    server.files.set(path, String(server.files.get(path)).replace('bdc_23_FibertothePremises', '../../bdc_23_Fibre'))
    await expect(plan({ states: states('ME') })).rejects.toThrow('a name that no file can have')
  })

  it.each(['<html></html>', '{"data":[{"file_id":1}]}', '[]'])('refuses %s as an answer of the FCC', async (answer) => {
    server.files.set('/api/public/map/downloads/listAvailabilityData/2025-12-31?category=State', answer)
    await expect(plan({ states: states('ME') })).rejects.toThrow(/The FCC answers/)
  })
})

describe('runFetch', () => {
  it('fills a folder that a build takes as it is', async () => {
    const { outcomes } = await fetchAll({ states: states('ME') })
    expect(outcomes).toEqual(Object.fromEntries(MAINE.map((name) => [name, 'fetched'])))
    const found = await findSources({ mixed: [into] })
    expect(found.tiger.map(({ layer, code, year }) => [layer, code, year])).toEqual([
      ['addrfeat', '23005', 2025],
      ['addrfeat', '23019', 2025],
      ['faces', '23005', 2025],
      ['faces', '23019', 2025],
      ['place', '23', 2025],
    ])
    expect(found.bdc).toHaveLength(2)
    expect(found.providers).toHaveLength(1)
    expect(found.zips).toHaveLength(1)
  })

  it('records where and when each file was fetched, and no credential', async () => {
    await fetchAll({ states: states('ME') })
    const record = (await readFetchManifest(join(into, 'tiger'))).get('tl_2025_23005_faces.zip')
    expect(record).toMatchObject({
      url: `${server.url}/geo/tiger/TIGER2025/FACES/tl_2025_23005_faces.zip`,
      retrievedOn: '2026-10-01',
      subject: 'faces 23005',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const written = await Promise.all(
      ['tiger', 'bdc', 'zip'].map((folder) => readFile(join(into, folder, '.hum-fetch.json'), 'utf8')),
    )
    expect(written.join()).not.toContain(ACCOUNT.hashValue)
    expect(written.join()).not.toContain(ACCOUNT.username)
  })

  it('asks the pacer before each call of the FCC, and no other server', async () => {
    await fetchAll({ states: states('ME') })
    const fccRequests = server.requests.filter(({ path }) => path.startsWith('/api/public/map'))
    expect(fccRequests).toHaveLength(5)
    expect(fccCalls).toBe(5)
    const others = server.requests.filter(({ path }) => !path.startsWith('/api/public/map'))
    expect(others.every(({ headers }) => headers['hash_value'] === undefined)).toBe(true)
  })

  it('fetches only what is new the second time', async () => {
    await fetchAll({ states: states('ME') })
    server.requests.length = 0
    const { outcomes } = await fetchAll({ states: states('ME') })
    expect(new Set(Object.values(outcomes))).toEqual(new Set(['unchanged']))
    expect(server.requests.some(({ path }) => path.includes('downloadFile'))).toBe(false)
  })

  it('keeps sound files that were laid there by hand, and replaces damaged ones', async () => {
    const name = 'bdc_23_Cable_fixed_broadband_D25_29sep2026.zip'
    const content = server.files.get('/api/public/map/downloads/downloadFile/availability/102') as Buffer
    await mkdir(join(into, 'bdc'))
    await writeFile(join(into, 'bdc', name), content)
    await utimes(join(into, 'bdc', name), new Date('2026-09-30'), new Date('2026-09-30'))
    await writeFile(join(into, 'bdc', 'bdc_us_provider_list_D25_29sep2026.zip'), content.subarray(0, 200))
    const { outcomes } = await fetchAll({ states: states('ME') })
    expect(outcomes[name]).toBe('unchanged')
    expect(outcomes['bdc_us_provider_list_D25_29sep2026.zip']).toBe('fetched')
    expect((await readFetchManifest(join(into, 'bdc'))).get(name)?.retrievedOn).toBe('2026-09-30')
  })

  it('fetches the other files when one cannot be had', async () => {
    server.files.delete('/geo/tiger/TIGER2025/FACES/tl_2025_23019_faces.zip')
    const { outcomes } = await fetchAll({ states: states('ME') })
    expect(outcomes['tl_2025_23019_faces.zip']).toBe('failed')
    expect(Object.values(outcomes).filter((outcome) => outcome === 'fetched')).toHaveLength(MAINE.length - 1)
    expect(messages.join()).toContain('tl_2025_23019_faces.zip answers 404.')
  })

  it('deletes what newer revisions replace when asked, and nothing else', async () => {
    await fetchAll({ states: states('ME') })
    await writeFile(join(into, 'bdc', 'bdc_23_Cable_fixed_broadband_J25_15jul2026.zip'), 'laid there by hand')
    const path = '/api/public/map/downloads/listAvailabilityData/2025-12-31?category=State'
    server.files.set(path, String(server.files.get(path)).replaceAll('29sep2026', '14oct2026'))
    const kept = await fetchAll({ states: states('ME') })
    expect(kept.superseded.map(({ name }) => name).sort()).toEqual([
      'bdc_23_Cable_fixed_broadband_D25_29sep2026.zip',
      'bdc_23_FibertothePremises_fixed_broadband_D25_29sep2026.zip',
      'bdc_us_provider_list_D25_29sep2026.zip',
    ])
    await fetchAll({ states: states('ME') }, true)
    const names = (await readdir(join(into, 'bdc'))).filter((name) => !name.startsWith('.'))
    expect(names.sort()).toEqual([
      'bdc_23_Cable_fixed_broadband_D25_14oct2026.zip',
      'bdc_23_Cable_fixed_broadband_J25_15jul2026.zip',
      'bdc_23_FibertothePremises_fixed_broadband_D25_14oct2026.zip',
      'bdc_us_provider_list_D25_14oct2026.zip',
    ])
  })

  it('fetches OpenAddresses files under names that tell them apart', async () => {
    server.files.set('/job/1/source.geojson', '{"type":"Feature"}\n')
    server.files.set('/job/2/source.geojson', '{"type":"Feature"}\n')
    const { outcomes } = await fetchAll({
      openAddresses: ['1', '2'].map((job) => `${server.url}/job/${job}/source.geojson`),
    })
    expect(Object.keys(outcomes).sort()).toEqual(['openaddresses-1-source.geojson', 'openaddresses-2-source.geojson'])
  })

  it('reads states by code and by name', () => {
    expect(findState('new hampshire')?.fips).toBe('33')
  })
})
