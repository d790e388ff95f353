import { basename, dirname } from 'node:path'
import { AppError } from '../lib/errors.ts'
import { listSourceFiles } from './files/source-file.ts'
import type { SourceFile } from './files/source-file.ts'
import { findTigerLayers } from './tiger/find-tiger-layers.ts'
import type { TigerLayer } from './tiger/find-tiger-layers.ts'

/** Where the sources of a data set lie: files, zips or folders. */
export interface SourcePaths {
  /** Folders (or files) of any mixture; each file is recognized by its name. */
  readonly mixed?: readonly string[] | undefined
  readonly tiger?: readonly string[] | undefined
  readonly points?: readonly string[] | undefined
  readonly bdc?: readonly string[] | undefined
  readonly providers?: readonly string[] | undefined
  readonly zips?: readonly string[] | undefined
  readonly labels?: readonly string[] | undefined
  /** Licensed lists of locations with coordinates. */
  readonly locations?: readonly string[] | undefined
}

export interface FoundSources {
  readonly tiger: readonly TigerLayer[]
  readonly points: readonly SourceFile[]
  readonly bdc: readonly SourceFile[]
  readonly providers: readonly SourceFile[]
  readonly zips: readonly SourceFile[]
  readonly labels: readonly SourceFile[]
  readonly locations: readonly SourceFile[]
  /** What the sandbox's test addresses do. */
  readonly behaviours: readonly SourceFile[]
  /** What the sandbox's providers say of themselves. */
  readonly confirmations: readonly SourceFile[]
  /** Files that will not be read, with the reason. */
  readonly setAside: readonly SetAside[]
}

export interface SetAside {
  readonly file: string
  readonly reason: string
}

type Kind = Exclude<keyof FoundSources, 'tiger' | 'setAside'>

/** Kinds of files by their published names, first match first; the folder counts where names say nothing. */
const NAMES: readonly (readonly [Kind, RegExp])[] = [
  ['providers', /^bdc_us_provider_list|provider_?id_?table/i],
  ['bdc', /^bdc_.*fixed_broadband.*\.(csv|zip)$/i],
  ['locations', /^locations\/[^/]*\.(csv|zip)$/i],
  ['behaviours', /^behaviours\.csv$/i],
  ['confirmations', /^confirmations\.csv$/i],
  ['zips', /^(US|PR|GU|VI|AS|MP|geonames.*)\.txt$/i],
  ['points', /(^|\/)NAD_?r\d+[^/]*\.(txt|csv)$|\.geojsonl?$|(address|points?\/)[^/]*\.(csv|txt|geojson)$/i],
]

/** Notes that publishers and fetchers lay beside data. */
const COMPANIONS = /^(readme|provenance|license|licence|index|manifest|fetch|\.)|\.(md|html?|pdf|meta|vrt|part|json)$/i

/**
 * Finds the files to build from.
 *
 * @throws AppError `source_unreadable` when a path does not exist, holds nothing of its kind, or nothing was given.
 */
export async function findSources(paths: SourcePaths): Promise<FoundSources> {
  const files: Record<Kind, SourceFile[]> = {
    points: [],
    bdc: [],
    providers: [],
    zips: [],
    labels: [],
    locations: [],
    behaviours: [],
    confirmations: [],
  }
  const tigerFiles: SourceFile[] = []
  const setAside: SetAside[] = []
  for (const path of paths.mixed ?? []) {
    const listed = await listNonEmpty(path)
    const { layers, others } = findTigerLayers(listed)
    if (layers.length > 0) tigerFiles.push(...listed.filter((file) => !others.includes(file)))
    for (const file of others) {
      const kind = recognize(file)
      if (kind) files[kind].push(file)
      else setAside.push({ file: file.name, reason: 'not recognized by its name' })
    }
  }
  for (const path of paths.tiger ?? []) {
    const listed = await listNonEmpty(path)
    const { layers, others } = findTigerLayers(listed)
    if (layers.length === 0) {
      throw new AppError(
        'source_unreadable',
        `${path} holds no TIGER/Line layer. Give files such as tl_2025_23005_addrfeat.zip under their published names.`,
      )
    }
    tigerFiles.push(...listed.filter((file) => !others.includes(file)))
    setAside.push(...others.map((file) => ({ file: file.name, reason: 'not a TIGER/Line layer that is read' })))
  }
  for (const kind of ['points', 'bdc', 'providers', 'zips', 'labels', 'locations'] as const) {
    for (const path of paths[kind] ?? []) {
      for (const file of await listNonEmpty(path)) {
        const isTable = kind !== 'zips' || /\.txt$/i.test(file.name)
        if (isTable && !/^readme/i.test(file.name) && !/\.(md|html?|pdf|meta|vrt)$/i.test(file.name))
          files[kind].push(file)
        else setAside.push({ file: file.name, reason: 'not data' })
      }
    }
  }
  const found = { ...files, tiger: findTigerLayers(tigerFiles).layers, setAside }
  if (found.tiger.length + Object.values(files).reduce((sum, list) => sum + list.length, 0) === 0) {
    const names = setAside.slice(0, 3).map(({ file }) => file)
    const most = setAside.length > names.length ? [...names, '…'] : names
    throw new AppError(
      'source_unreadable',
      most.length > 0
        ? `There is nothing to build from. No file is known by its name (${most.join(', ')}). ` +
            'Leave files the names they were published under, or say what they are with --tiger, --points, --bdc …'
        : 'There is nothing to build from. Name files or folders of sources.',
    )
  }
  return found
}

async function listNonEmpty(path: string): Promise<SourceFile[]> {
  const files = await listSourceFiles(path)
  if (files.length === 0) throw new AppError('source_unreadable', `${path} is empty.`)
  return files
}

function recognize(file: SourceFile): Kind | undefined {
  const folder = basename(dirname(file.path))
  if (folder === 'labels' && /\.(csv|json|xlsx)$/i.test(file.path)) return 'labels'
  if (COMPANIONS.test(file.name) && !/geojson$/i.test(file.name)) return undefined
  const name = file.member ?? `${folder}/${file.name}`
  return NAMES.find(([, pattern]) => pattern.test(file.name) || pattern.test(name))?.[0]
}
