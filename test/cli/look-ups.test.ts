import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHum } from '../support/run-hum.ts'
import type { CommandOutcome } from '../support/run-hum.ts'
import { sandboxDataSetFile } from '../support/test-app.ts'

let folder: string
let data: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hum-cli-'))
  data = await sandboxDataSetFile()
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Runs `hum` on the sandbox data set. */
const hum = (...args: string[]): Promise<CommandOutcome> => runHum(args, { env: { HUM_DATA: data }, cwd: folder })

describe('hum lookup', () => {
  it('has the sandbox where several begin at once in an empty folder', { timeout: 120_000 }, async () => {
    const lookUp = (): Promise<CommandOutcome> =>
      runHum(['lookup', '29090 Tiffany Drive E, Southfield MI 48034'], { env: {}, cwd: folder })
    for (const { code, stdout, stderr } of await Promise.all([lookUp(), lookUp(), lookUp()])) {
      expect(stderr).toBe('')
      expect(stdout).toContain('Motor City Fiber')
      expect(code).toBe(0)
    }
  })

  it('prints the providers, the place and the data set as JSON', async () => {
    const { code, stdout } = await hum('lookup', '--json', '29090 tiffany drive east southfield mi')
    expect(code).toBe(0)
    const answer = JSON.parse(stdout) as {
      data: { internet: { provider_name: string }[] }
      place: object
      meta: object
    }
    expect(answer.data.internet.map(({ provider_name }) => provider_name)).toContain('Motor City Fiber')
    expect(answer.place).toMatchObject({
      latitude: expect.closeTo(42.5017, 3) as number,
      longitude: expect.closeTo(-83.2863, 3) as number,
      block_geoid: '261251612001001',
      h3: '882ab2ca0bfffff',
      precision: 'point',
    })
    expect(answer.meta).toHaveProperty('hum_data_set')
  })

  it('says for people what serves the address, at what price, and from which sources', async () => {
    const { stdout } = await hum('lookup', '29090 Tiffany Drive E, Southfield, MI 48034')
    expect(stdout).toContain('29090 TIFFANY DR E, SOUTHFIELD, MI 48034')
    expect(stdout).toMatch(/Motor City Fiber\n {2}Fiber +5,000 Mbps down/)
    expect(stdout).toContain('Fiber 1 Gig: $49.99 for 12 months, then $79.99.')
    expect(stdout).toContain('an invented region')
  })

  it('names the candidates of an ambiguous address and ends with 3', async () => {
    const { code, stdout } = await hum('lookup', '29091 Tiffany Drive, Southfield, MI 48034')
    expect(code).toBe(3)
    expect(stdout).toContain('29091 TIFFANY DR E')
    expect(stdout).toContain('29091 TIFFANY DR W')
  })

  it('ends with 1 and says what to do where there is no data set', async () => {
    const { code, stderr } = await hum('lookup', '--data', join(folder, 'nothing'), '1 Main St')
    expect(code).toBe(1)
    expect(stderr).toContain('hum data build')
    expect(stderr).not.toContain('    at ')
  })
})

describe('hum explain', () => {
  it('says what the answer rests on', async () => {
    const { stdout } = await hum('explain', '101 Marigold Street, Southfield, MI 48034')
    for (const part of ['Read as: 101 MARIGOLD ST', 'Filings counted', 'Label rows read', 'Sources', 'Assumed']) {
      expect(stdout).toContain(part)
    }
  })
})

describe('hum address parse', () => {
  it('shows the parts in the order they stand in, with their spans and USPS forms', async () => {
    const { code, stdout } = await hum(
      'address',
      'parse',
      'Acme Inc, 29090 Tiffany Drive East Apt. 4B, Southfield, Michigan',
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^number +10-15 +29090\n/m)
    expect(stdout).toMatch(/^suffix .*Drive {2}→ {2}DR$/m)
    expect(stdout.indexOf('number')).toBeLessThan(stdout.indexOf('city'))
    expect(stdout).toMatch(/^delivery line +29090 TIFFANY DR E APT 4B$/m)
    expect(stdout).toMatch(/^last line +SOUTHFIELD, MI$/m)
  })

  it.each(['', '🏠', 'PO Box 12, Southfield MI 48034', '5th & Main, Boston'])('takes %j', async (text) => {
    const { code, stdout } = await hum('address', 'parse', text)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^confidence +[01]\.\d\d$/m)
  })
})

describe('hum batch', () => {
  async function batch(
    list: string,
    ...more: string[]
  ): Promise<CommandOutcome & { lines: Record<string, unknown>[] }> {
    const input = join(folder, 'list.csv')
    const output = join(folder, 'answers.jsonl')
    writeFileSync(input, list)
    writeFileSync(output, '')
    const outcome = await hum('batch', '--in', input, '--out', output, ...more)
    const lines = readFileSync(output, 'utf8').split('\n').filter(Boolean)
    return { ...outcome, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
  }

  it('writes one line an address in the order of the list', async () => {
    const { code, stderr, lines } = await batch(
      [
        '\uFEFFID,Address',
        'a,"29090 Tiffany Drive E, Southfield, MI 48034"',
        'b,29091 Tiffany Drive 48034',
        'c,"1 Nowhere Boulevard, Southfield, MI 48034"',
        'd,',
        'e,\u202E🏠',
      ].join('\r\n'),
    )
    expect(code).toBe(0)
    expect(lines.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'matched'],
      ['b', 'multiple'],
      ['c', 'failed'],
      ['d', 'failed'],
      ['e', 'failed'],
    ])
    expect(lines[0]).toMatchObject({
      normalized_line: '29090 TIFFANY DR E, SOUTHFIELD, MI 48034',
      place: { block_geoid: '261251612001001', precision: 'point' },
      microseconds: expect.any(Number) as number,
    })
    expect(lines[1]?.['candidates']).toHaveLength(2)
    expect(lines[2]).toMatchObject({ reason: 'street_unknown' })
    expect(stderr).toContain('5 addresses: 1 matched, 1 multiple, 3 failed')
  })

  it('takes an address in fields, and adds the providers on request', async () => {
    const list = 'street1,street2,city,state,zip\n24520 Lodestar Rd,Apt 2B,Southfield,MI,48034\n'
    const { lines } = await batch(list, '--internet')
    expect(lines[0]).toMatchObject({ id: '1', status: 'matched', place: { unit: 'known' } })
    expect(lines[0]?.['internet']).toHaveLength(4)
  })

  it('says why a place has no provider', async () => {
    const { lines } = await batch('id,address\na,"10 Silent Pines Trail, Holly, MI 48442"\n', '--internet')
    expect(lines[0]).toMatchObject({ status: 'matched', internet: [], reason: 'nobody_filed' })
  })

  it('writes a table: a row for each address, and with --internet for each technology of each provider', async () => {
    const list = join(folder, 'table.csv')
    const output = join(folder, 'answers.csv')
    writeFileSync(
      list,
      'id,address\n"a, 1","24520 Lodestar Rd Apt 2B, Southfield, MI 48034"\nb,29091 Tiffany Drive 48034\nc,1 Nowhere St 48034\n',
    )
    const table = async (...more: string[]): Promise<Record<string, string>[]> => {
      const { code } = await hum('batch', '--in', list, '--out', output, ...more)
      expect(code).toBe(0)
      return parse(readFileSync(output), { columns: true }) as Record<string, string>[]
    }
    const places = await table()
    expect(places.map(({ id, status, reason }) => [id, status, reason])).toEqual([
      ['a, 1', 'matched', ''],
      ['b', 'multiple', ''],
      ['c', 'failed', 'street_unknown'],
    ])
    expect(places[0]).toMatchObject({ precision: 'point', block_geoid: '261251612003002', unit: 'known', score: '1' })
    expect(places[1]?.['latitude']).toMatch(/^42\./)
    expect(places[2]).toMatchObject({ latitude: '', score: '' })
    const rows = await table('--internet')
    expect(rows.map(({ id, technology }) => [id, technology])).toEqual([
      ['a, 1', 'Fiber'],
      ['a, 1', 'Cable'],
      ['a, 1', 'Fixed Wireless'],
      ['a, 1', 'Satellite'],
      ['b', ''],
      ['c', ''],
    ])
    expect(rows[0]).toMatchObject({ ...places[0], verdict: 'available', min_plan_price_cents: '4999' })
  })

  it('takes the format from --format before the name of the file', async () => {
    const list = join(folder, 'format.csv')
    writeFileSync(list, 'id,address\na,29091 Tiffany Drive 48034\n')
    const run = async (...more: string[]) => (await hum('batch', '--in', list, '--out', '-', ...more)).stdout
    expect(JSON.parse(await run())).toMatchObject({ id: 'a' })
    expect(await run('--format', 'csv')).toMatch(/^id,status,.*\na,multiple,/)
  })

  it.each([
    ['a list without a column for addresses', 'name,phone\nx,y\n', 'It has: name, phone.'],
    ['a list whose quotes never close', 'id,address\n1,"29090 Tiffany\n', 'cannot be read'],
  ])('refuses %s with what is wrong', async (_name, list, message) => {
    const { code, stderr } = await batch(list)
    expect(code).toBe(1)
    expect(stderr).toContain(message)
  })

  it('goes on behind what was answered before it was stopped, half a line too', async () => {
    const list = join(folder, 'resumed.csv')
    const output = join(folder, 'resumed.jsonl')
    writeFileSync(
      list,
      'id,address\nä,"29090 Tiffany Drive E, 48034"\nb,29091 Tiffany Drive 48034\nc,12 Nowhere St 48034\n',
    )
    const run = (...more: string[]) => hum('batch', '--in', list, '--out', output, ...more)
    const idsOf = (text: string): unknown[] =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { id: string }).id)
    expect((await run('--resume')).stderr).toContain('3 addresses: 1 matched, 1 multiple, 1 failed, after 0')
    const whole = readFileSync(output, 'utf8')
    writeFileSync(output, whole.slice(0, whole.indexOf('"b"') + 10))
    const { code, stderr } = await run('--resume')
    expect([code, stderr.trim()]).toEqual([
      0,
      '2 addresses: 0 matched, 1 multiple, 1 failed, after 1 that were answered before',
    ])
    expect(idsOf(readFileSync(output, 'utf8'))).toEqual(['ä', 'b', 'c'])
    expect((await run('--resume')).stderr).toContain('0 addresses: 0 matched, 0 multiple, 0 failed, after 3')
    expect(idsOf(readFileSync(output, 'utf8'))).toEqual(['ä', 'b', 'c'])
  })

  it.each([
    ['of another list', '{"id":"x"}\n', 'has answers to another list'],
    ['of a longer list', '{"id":"a"}\n{"id":"b"}\n', 'has answers to another list'],
    ['that are none', 'a,b\n', 'is no output of a batch'],
  ])('does not go on with answers %s, and leaves them alone', async (_name, answers, message) => {
    const list = join(folder, 'other.csv')
    const output = join(folder, 'other.jsonl')
    writeFileSync(list, 'id,address\na,"29090 Tiffany Drive E, 48034"\n')
    writeFileSync(output, answers)
    const { code, stderr } = await hum('batch', '--in', list, '--out', output, '--resume')
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)])
    expect(readFileSync(output, 'utf8')).toBe(answers)
  })

  it.each(['-', 'answers.csv'])('goes on with a file of JSON Lines alone, not with %s', async (out) => {
    const { code, stderr } = await hum('batch', '--in', '-', '--out', out, '--resume')
    expect([code, stderr]).toEqual([1, expect.stringContaining('name it in --out')])
  })

  it('refuses a list that is not there', async () => {
    const { code, stderr } = await hum('batch', '--in', join(folder, 'none.csv'), '--out', '-')
    expect(code).toBe(1)
    expect(stderr).toContain('cannot be read')
  })
})
