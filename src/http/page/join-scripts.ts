import { posix } from 'node:path'

/** JavaScript modules by their paths; they import each other by relative paths, and packages by name. */
export type ScriptModules = ReadonlyMap<string, string>

const IMPORT = /^import \{([^}]*)\} from ['"]([^'"]+)['"];?$/gm
const EXPORT = /^export (?=(?:async function|function|const|class)\b)/gm
const EXPORTED_NAME = /^export (?:async )?(?:function\*?|const|class) (\w+)/gm
const NO_EXPORT = /^export \{ *\};?$/gm
const LATE_IMPORT = /\bimport\(\s*['"](\.[^'"]+)['"]\s*\)/g

/**
 * Joins a script with all that it imports into one file, each module in a function of its own, those that others need
 * before them. What a script imports only when it needs it, and packages, stay files of their own.
 *
 * Made for our own modules: named imports of relative paths at the start of a line, exported functions, constants and
 * classes, no cycles.
 *
 * @param packages where each package's own file is, from the joined file.
 * @throws when a module does anything else, or is not there.
 */
export function joinScripts(entry: string, modules: ScriptModules, packages: Readonly<Record<string, string>>): string {
  const joined = new Map<string, string>()
  const inProgress = new Set<string>()
  const fromPackages = new Map<string, Set<string>>()
  const parts: string[] = []

  function join(path: string): string {
    const known = joined.get(path)
    if (known !== undefined) return known
    if (inProgress.has(path)) throw new Error(`${path} imports itself by way of others and cannot be joined.`)
    inProgress.add(path)
    const source = modules.get(path)
    if (source === undefined) throw new Error(`There is no script ${path} to be joined.`)
    const names = [...source.matchAll(EXPORTED_NAME)].map(([, name]) => name)
    const body = source
      .replaceAll(IMPORT, (_statement, list: string, target: string) => takeImport(path, list, target))
      .replaceAll(LATE_IMPORT, (_call, target: string) => `import('${fromEntry(resolve(path, target))}')`)
      .replaceAll(NO_EXPORT, '')
      .replaceAll(EXPORT, '')
    if (/^(?:import|export)\b(?!\()/m.test(body))
      throw new Error(`${path} imports or exports in a way that cannot be joined.`)
    const name = `$${joined.size}`
    joined.set(path, name)
    parts.push(
      path === entry
        ? withExports(body, names)
        : `const ${name} = (() => {\n${body}\nreturn { ${names.join(', ')} };\n})();`,
    )
    return name
  }

  /** A package's names are imported once, above all; a module's are taken out of its function's result. */
  function takeImport(path: string, list: string, target: string): string {
    if (target.startsWith('.')) return `const {${list.replaceAll(' as ', ': ')}} = ${join(resolve(path, target))};`
    const names = fromPackages.get(target) ?? new Set()
    fromPackages.set(target, names)
    for (const name of list.split(',').map((part) => part.trim())) if (name !== '') names.add(name)
    return ''
  }

  function fromEntry(target: string): string {
    const relative = posix.relative(posix.dirname(entry), target)
    return relative.startsWith('.') ? relative : `./${relative}`
  }

  join(entry)
  const imports = [...fromPackages].map(([name, names]) => {
    const file = packages[name]
    if (file === undefined) throw new Error(`The package ${name} is not served to browsers.`)
    return `import { ${[...names].join(', ')} } from '${fromEntry(file)}';`
  })
  return [...imports, ...parts].join('\n')
}

/** What the entry itself exports, it still does. */
function withExports(body: string, names: readonly (string | undefined)[]): string {
  return names.length === 0 ? body : `${body}\nexport { ${names.join(', ')} };`
}

function resolve(path: string, target: string): string {
  return posix.normalize(posix.join(posix.dirname(path), target))
}
