/**
 * The import rule of ARCHITECTURE.md: imports point down, and folders of one layer do not know each other.
 * First the highest layer; a name ending in `.ts` is a file of `src/`, others are folders.
 */
const LAYERS = [
  ['cli'],
  ['app.ts'],
  ['config.ts', 'http', 'storage', 'ingest'],
  ['sessions'],
  ['webhooks'],
  ['geocode', 'internet', 'access'],
  ['dataset'],
  ['address'],
  ['lib'],
]

const pattern = (name) => (name.endsWith('.ts') ? `src/${name.replace('.', '\\.')}$` : `src/${name}/`)

const upward = LAYERS.flatMap((layer, depth) =>
  layer.flatMap((name) => {
    const forbidden = [...LAYERS.slice(0, depth).flat(), ...layer.filter((sibling) => sibling !== name)]
    return forbidden.length === 0
      ? []
      : [
          {
            name: `${name.replace('.ts', '')}-imports-down`,
            severity: 'error',
            from: { path: `^${pattern(name)}` },
            to: { path: `^(${forbidden.map(pattern).join('|')})` },
          },
        ]
  }),
)

export default {
  forbidden: [
    ...upward,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'address-is-pure',
      comment:
        'The address library could be published alone: no package, nothing of ours, and of Node only file reading.',
      severity: 'error',
      from: { path: '^src/address/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/address/|^(node:)?fs$' },
    },
    {
      name: 'page-stands-alone',
      comment: 'Browsers run the page as it is: nothing of the server, and no package but preact.',
      severity: 'error',
      from: { path: '^web/', pathNot: '^web/server/' },
      to: { pathNot: '^web/|preact' },
    },
    {
      name: 'duckdb-builds-only',
      comment: 'DuckDB builds data sets and never runs in the serving process.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ingest/' },
      to: { path: '@duckdb' },
    },
    {
      name: 'source-without-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(test|bench|scripts)/|\\.test\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
