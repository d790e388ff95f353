import { describe, expect, it } from 'vitest'
import { runHum } from '../support/run-hum.ts'

const COMMANDS = 'serve lookup explain batch address tokens usage webhooks doctor data'.split(' ')
const DATA_COMMANDS = 'fetch build info check diff pack unpack'.split(' ')

const hum = (...args: string[]): ReturnType<typeof runHum> => runHum(args, { env: {} })

const namesOf = (help: string): string[] =>
  [...(help.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name!)

describe('hum', () => {
  it('names every command in its help', async () => {
    expect(namesOf((await hum('--help')).stdout)).toEqual([...COMMANDS, 'help'])
    expect(namesOf((await hum('data', '--help')).stdout)).toEqual([...DATA_COMMANDS, 'help'])
  })

  it.each([...COMMANDS.map((name) => [name]), ...DATA_COMMANDS.map((name) => ['data', name])])(
    'has help for %s %s',
    async (...path) => {
      const { code, stdout } = await hum(...path, '--help')
      expect(code).toBe(0)
      expect(stdout).toContain(`Usage: hum ${path.join(' ')}`)
    },
  )

  it.each([
    [['lokup', '12 Main St'], 'Did you mean lookup?'],
    [['data', 'biuld'], 'Did you mean build?'],
    [['constructor'], "unknown command 'constructor'"],
  ])('fails for %j, and says what is meant', async (args, hint) => {
    const { code, stderr } = await hum(...args)
    expect(code).toBe(1)
    expect(stderr).toContain(hint)
  })
})
