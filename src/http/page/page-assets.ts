import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, extname, join, posix, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const WEB = resolve(import.meta.dirname, '../../../web')
const PREACT = 'preact.mjs'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.ts': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** One file as a browser gets it. */
export interface PageAsset {
  readonly contentType: string
  readonly bytes: Buffer
  /** Absent where compressing saves nothing. */
  readonly gzip?: Buffer | undefined
  readonly brotli?: Buffer | undefined
}

/** The page's files, read and made ready for browsers once. */
export interface PageAssets {
  /** Changes with any of the files, so that browsers may keep them for ever under a path that holds it. */
  readonly version: string
  find(path: string): PageAsset | undefined
  /** The script itself and all that it imports at its start, so that a browser can fetch them at once. */
  listScripts(script: string): readonly string[]
}

/**
 * Reads the page's files. Its TypeScript is served as the JavaScript that is left when its types are taken out, module
 * by module, so that nothing has to be built; names of packages become paths, for browsers know no packages.
 */
export function readPageAssets(): PageAssets {
  const assets = new Map<string, PageAsset>()
  const imports = new Map<string, readonly string[]>()
  const hash = createHash('sha256')

  function add(path: string, bytes: Buffer): void {
    hash.update(path).update(bytes)
    assets.set(path, compress(CONTENT_TYPES[extname(path)] ?? 'application/octet-stream', bytes))
  }

  for (const path of globSync('**/*.{ts,css,svg,woff2}', { cwd: WEB, exclude: isNotForBrowsers }).sort()) {
    const bytes = readFileSync(join(WEB, path))
    if (extname(path) !== '.ts') {
      add(path, bytes)
      continue
    }
    const script = toScript(path, bytes.toString())
    imports.set(path, listImports(path, script))
    add(path, Buffer.from(script))
  }
  add(PREACT, readFileSync(fileURLToPath(import.meta.resolve('preact'))))

  return {
    version: hash.digest('hex').slice(0, 12),
    find: (path) => assets.get(path),
    listScripts: (script) => {
      const found = new Set<string>()
      const queue = [script]
      for (const path of queue) {
        if (found.has(path)) continue
        found.add(path)
        queue.push(...(imports.get(path) ?? []))
      }
      return [...found]
    },
  }
}

function isNotForBrowsers(path: string): boolean {
  return path.startsWith('server') || path.endsWith('.test.ts')
}

function toScript(path: string, source: string): string {
  const up = posix.relative(dirname(path), '.') || '.'
  return withoutTypes(source).replaceAll(/(from\s*)'preact'/g, `$1'${up}/${PREACT}'`)
}

/** Node runs this very server through the same function, and still announces it as experimental: nothing for operators. */
function withoutTypes(source: string): string {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}

/** What a script imports at its start; what it imports only when it needs it is left for then. */
function listImports(path: string, script: string): string[] {
  return [...script.matchAll(/^(?:import|export)\s[^'"]*['"](\.[^'"]+)['"]/gm)].map(([, target]) =>
    posix.normalize(posix.join(dirname(path), target ?? '')),
  )
}

function compress(contentType: string, bytes: Buffer): PageAsset {
  if (contentType.startsWith('font/')) return { contentType, bytes }
  let gzip: Buffer | undefined
  let brotli: Buffer | undefined
  return {
    contentType,
    bytes,
    // Compressed when first asked for, which keeps it out of the start.
    get gzip() {
      return (gzip ??= gzipSync(bytes, { level: 9 }))
    },
    get brotli() {
      return (brotli ??= brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
    },
  }
}
