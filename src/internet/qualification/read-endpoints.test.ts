import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withFolder } from '../../../test/support/with-folder.ts'
import { readQualificationEndpoints } from './read-endpoints.ts'

const URL = 'https://api.example.com/checkServiceQualification'

const read = (text: string) =>
  withFolder(async (folder) => {
    const file = join(folder, 'qualification.json')
    await writeFile(file, text)
    return readQualificationEndpoints(file)
  })

describe('readQualificationEndpoints', () => {
  it('reads who may be asked, with three seconds to answer unless said otherwise', async () => {
    const endpoints = await read(
      JSON.stringify({
        130317: { source: 'Comcast', url: URL },
        130235: { source: 'Charter', url: URL, headers: { authorization: 'Bearer x' }, timeoutMs: 500 },
      }),
    )
    expect([...endpoints]).toEqual([
      [130_235, { source: 'Charter', url: URL, headers: { authorization: 'Bearer x' }, timeoutMs: 500 }],
      [130_317, { source: 'Comcast', url: URL, headers: undefined, timeoutMs: 3000 }],
    ])
  })

  it.each([
    ['not JSON', 'JSON file'],
    ['[]', 'FCC provider ids'],
    ['{"comcast":{}}', '"comcast"'],
    ['{"1":{}}', 'give 1 a source'],
    ['{"1":{"source":"A"}}', 'give 1 a url'],
    ['{"1":{"source":"A","url":"file:///etc/passwd"}}', 'give 1 a url'],
    [`{"1":{"source":"A","url":"${URL}","timeoutMs":60000}}`, 'give 1 a timeoutMs'],
    [`{"1":{"source":"A","url":"${URL}","headers":{"a":1}}}`, 'give 1 headers'],
  ])('refuses %s and says what is wrong', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message)
  })

  it('says that a file is missing', () => {
    expect(() => readQualificationEndpoints('/nowhere.json')).toThrow('HUM_QUALIFICATION')
  })
})
