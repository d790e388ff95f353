import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataSetFileName, listDataSetVersions } from '../dataset/data-set-file.ts'
import { manifestFile } from '../dataset/manifest.ts'
import type { Manifest } from '../dataset/manifest.ts'
import { publishDataSet } from '../dataset/publish-data-set.ts'
import type { Clock } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'

const BUILDING = /^building-(\d{8})$/
const BUILDER = 'builder.pid'

/**
 * The place where a data set is built, inside the folder it will stand in.
 *
 * Everything that a build writes lies in one sub-folder until the data set is whole, so that a build which is killed
 * leaves the data sets of the folder as they were and its remains in one place, which the next build clears.
 */
export interface BuildFolder {
  /** YYMMDDNN: the day (UTC) and a number that counts up within the folder. */
  readonly version: string
  readonly temporaryFolder: string
  /** Where to write the data set. */
  readonly file: string
  /**
   * Puts the finished data set and its manifest in place, both safe on disk before the data set can be seen.
   *
   * @returns the path of the data set.
   */
  publish(manifest: Manifest): string
  /** Whether no other build of the folder is running. */
  isOnlyBuild(): boolean
  /** Removes what the build wrote. */
  discard(): void
}

/** Opens a place to build in, making the folder where there is none, and clears what killed builds have left. */
export function openBuildFolder(out: string, clock: Clock): BuildFolder {
  mkdirSync(out, { recursive: true })
  clearRemains(out)
  const version = claimVersion(out, clock)
  const temporaryFolder = join(out, `building-${version}`)
  const file = join(temporaryFolder, dataSetFileName(version))
  return {
    version,
    temporaryFolder,
    file,
    publish: (manifest) => {
      writeFileSync(manifestFile(file), `${JSON.stringify(manifest, undefined, 2)}\n`)
      const target = publishDataSet(file, version, out)
      rmSync(temporaryFolder, { recursive: true, force: true })
      return target
    },
    isOnlyBuild: () => !readdirSync(out).some((name) => BUILDING.test(name) && isBeingBuilt(join(out, name))),
    discard: () => rmSync(temporaryFolder, { recursive: true, force: true }),
  }
}

function claimVersion(out: string, clock: Clock): string {
  const day = new Date(clock()).toISOString().slice(2, 10).replaceAll('-', '')
  for (let number = 1; number <= 99; number++) {
    const version = `${day}${String(number).padStart(2, '0')}`
    if (listDataSetVersions(out).some((existing) => existing.startsWith(day) && existing >= version)) continue
    try {
      const folder = join(out, `building-${version}`)
      mkdirSync(folder)
      writeFileSync(join(folder, BUILDER), String(process.pid))
      return version
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  throw new AppError('data_set_unwritable', 'The folder holds 99 data sets of today. Build into another folder.')
}

function clearRemains(out: string): void {
  for (const name of readdirSync(out)) {
    if (BUILDING.test(name) && !isBeingBuilt(join(out, name))) rmSync(join(out, name), { recursive: true, force: true })
  }
}

/** A builder with this process's own id is an earlier one: in a container every build may be process 1. */
function isBeingBuilt(folder: string): boolean {
  try {
    const builder = Number(readFileSync(join(folder, BUILDER), 'utf8'))
    if (!(builder > 0) || builder === process.pid) return false
    process.kill(builder, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
