import { describe, expect, it } from 'vitest'
import { joinScripts } from './join-scripts.ts'

const PACKAGES = { preact: 'preact.mjs' }

describe('joinScripts', () => {
  it('gives one script that does what the modules did, each with names of its own', async () => {
    const modules = new Map([
      [
        'main.ts',
        "import { total as sum } from './math/total.ts';\nimport { one } from './one.ts';\nexport const result = sum([one, 2]) + one;\n",
      ],
      [
        'math/total.ts',
        "import { one } from '../one.ts';\nconst hidden = one - 1;\nexport function total(values) {\n    return values.reduce((a, b)=>a + b, hidden);\n}\n",
      ],
      ['one.ts', 'const hidden = 1;\nexport const one = hidden;\n'],
    ])
    const script = joinScripts('main.ts', modules, PACKAGES)
    const joined = (await import(`data:text/javascript,${encodeURIComponent(script)}`)) as { result: number }
    expect(joined.result).toBe(4)
  })

  it('imports each package once, and leaves late imports for later, seen from where the script is', () => {
    const modules = new Map([
      [
        'widget/main.ts',
        "import { h, render } from 'preact';\nimport { load } from '../words/load.ts';\nrender(h('p'), load());\n",
      ],
      [
        'words/load.ts',
        "import { h } from 'preact';\nexport async function load() {\n    return h((await import('./es.ts')).es);\n}\n",
      ],
    ])
    const script = joinScripts('widget/main.ts', modules, PACKAGES)
    expect(script).toContain("import { h, render } from '../preact.mjs';")
    expect(script).toContain("import('../words/es.ts')")
    expect(script.match(/preact/g)).toHaveLength(1)
  })

  it.each([
    ['a default export', new Map([['a.ts', 'export default 1;\n']])],
    [
      'an import of all',
      new Map([
        ['a.ts', "import * as b from './b.ts';\n"],
        ['b.ts', ''],
      ]),
    ],
    [
      'a cycle',
      new Map([
        ['a.ts', "import { b } from './b.ts';\nexport const a = 1;\n"],
        ['b.ts', "import { a } from './a.ts';\nexport const b = a;\n"],
      ]),
    ],
    ['a missing module', new Map([['a.ts', "import { b } from './b.ts';\n"]])],
    ['a package that browsers do not get', new Map([['a.ts', "import { readFileSync } from 'node:fs';\n"]])],
  ])('refuses %s rather than give a broken script', (_name, modules) => {
    expect(() => joinScripts('a.ts', modules, PACKAGES)).toThrow()
  })
})
