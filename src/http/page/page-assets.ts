import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { joinScripts } from './join-scripts.ts'

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
}

/** Scripts that documents and hosts load, and languages, loaded when asked for; what they import is joined to them. */
const ENTRIES = ['main.ts', 'quick-start/main.ts', 'widget/hum-search.ts', 'strings/en.ts', 'strings/es.ts']
/** Runs before the page is drawn, and imports nothing. */
const ALONE = 'theme.ts'

/**
 * Reads the page's files. Its TypeScript is served as the JavaScript that is left when types and comments are taken
 * out, joined to one file for each entry, so that nothing has to be built and little has to be fetched. The parts of
 * its styles are joined in the order of their names.
 */
export function readPageAssets(): PageAssets {
  const assets = new Map<string, PageAsset>()
  const hash = createHash('sha256')

  function add(path: string, bytes: Buffer): void {
    hash.update(path).update(bytes)
    assets.set(path, compress(CONTENT_TYPES[extname(path)] ?? 'application/octet-stream', bytes))
  }

  const modules = new Map(
    globSync('**/*.ts', { cwd: WEB, exclude: isNotForBrowsers }).map((path) => [
      path,
      withoutTypes(read(path).toString()),
    ]),
  )
  for (const entry of ENTRIES) add(entry, Buffer.from(joinScripts(entry, modules, { preact: PREACT })))
  add(ALONE, Buffer.from(modules.get(ALONE) ?? ''))
  add(PREACT, readFileSync(fileURLToPath(import.meta.resolve('preact'))))
  add('styles.css', Buffer.concat(globSync('styles/*.css', { cwd: WEB }).sort().map(read)))
  for (const path of globSync('**/*.{svg,woff2}', { cwd: WEB }).sort()) add(path, read(path))
  return { version: hash.digest('hex').slice(0, 12), find: (path) => assets.get(path) }
}

function read(path: string): Buffer {
  return readFileSync(join(WEB, path))
}

function isNotForBrowsers(path: string): boolean {
  return path.startsWith('server') || path.endsWith('.test.ts')
}

/** Node runs this very server through the same function, and still announces it as experimental: nothing for operators. */
function withoutTypes(source: string): string {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source, { mode: 'transform' })
  } finally {
    process.emitWarning = emitWarning
  }
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
