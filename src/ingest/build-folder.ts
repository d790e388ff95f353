import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataSetFileName, listDataSetVersions } from '../dataset/data-set-file.ts'
import { manifestFile } from '../dataset/manifest.ts'
import type { Manifest } from '../dataset/manifest.ts'
import { publishDataSet } from '../dataset/publish-data-set.ts'
import type { Clock } from '../lib/clock.ts'
import { AppError, codeOf } from '../lib/errors.ts'

const BUILDING = /^building-(\d{8})$/
const CLAIM = /^claim-(\d+)$/
/** The file in a building folder that says whose it is. */
const BUILDER = /^builder-(\d+)$/
const builderFile = (pid: number): string => `builder-${pid}`

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
  /**
   * Where results of single files are kept for the next build. A build that began while another one of the folder was
   * running does not share them, and keeps none: `keepsResults` is false.
   */
  readonly keptFolder: string
  readonly keepsResults: boolean
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
  // Looked for only now that others can see this one: of two that begin together, at most one finds itself alone.
  const keepsResults = !readdirSync(out).some((name) => BUILDING.test(name) && mayBeBuilt(join(out, name)))
  return {
    version,
    temporaryFolder,
    file,
    publish: (manifest) => {
      writeFileSync(manifestFile(file), `${JSON.stringify(manifest, undefined, 2)}\n`)
      const target = publishDataSet(file, version, out)
      remove(temporaryFolder, out)
      return target
    },
    keptFolder: join(keepsResults ? out : temporaryFolder, 'kept'),
    keepsResults,
    discard: () => remove(temporaryFolder, out),
  }
}

/**
 * Takes the next version for this process. The folder to build in gets its name when it says whose it is, all at once:
 * without an owner another build would clear it away as remains.
 */
function claimVersion(out: string, clock: Clock): string {
  const day = new Date(clock()).toISOString().slice(2, 10).replaceAll('-', '')
  const claim = ownClaim(out)
  mkdirSync(claim, { recursive: true })
  writeFileSync(join(claim, builderFile(process.pid)), '')
  for (let number = 1; number <= 99; number++) {
    const version = `${day}${String(number).padStart(2, '0')}`
    if (isTaken(version, day, out)) continue
    const folder = join(out, `building-${version}`)
    if (!renameUnlessThere(claim, folder)) continue
    if (!isTaken(version, day, out)) return version
    // Another build had it, and was done with it between the two looks.
    renameSync(folder, claim)
  }
  rmSync(claim, { recursive: true })
  throw new AppError('data_set_unwritable', 'The folder holds 99 data sets of today. Build into another folder.')
}

/** Whether the folder has this version of the day, or a later one. */
function isTaken(version: string, day: string, out: string): boolean {
  return listDataSetVersions(out).some((existing) => existing.startsWith(day) && existing >= version)
}

/** Moves a folder to a name that no other has. @returns false when one has it. */
function renameUnlessThere(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'EEXIST' && code !== 'ENOTEMPTY') throw error
    return false
  }
}

/** The name under which this process makes a folder ready, and takes one apart: no other touches it. */
const ownClaim = (out: string): string => join(out, `claim-${process.pid}`)

function clearRemains(out: string): void {
  for (const name of readdirSync(out)) {
    const path = join(out, name)
    const claimer = CLAIM.exec(name)?.[1]
    if (claimer !== undefined && !isRunning(Number(claimer))) rmSync(path, { recursive: true, force: true })
    else if (BUILDING.test(name) && takeOver(path)) remove(path, out)
  }
}

/** Removes a folder at once: half of one would be remains to others, and its name free for them. */
function remove(folder: string, out: string): void {
  const claim = ownClaim(out)
  try {
    renameSync(folder, claim)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  rmSync(claim, { recursive: true, force: true })
}

/**
 * Makes a folder this process's that a killed build has left, in one step: by now the folder of that name may be another
 * one, of a build that goes on. @returns whether it is ours.
 */
function takeOver(folder: string): boolean {
  const owner = ownerOf(folder)
  if (owner === undefined || isRunning(owner)) return false
  try {
    renameSync(join(folder, builderFile(owner)), join(folder, builderFile(process.pid)))
    return true
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    return false
  }
}

/** Whether a folder is there that nobody knows to be left behind. */
function mayBeBuilt(folder: string): boolean {
  const owner = ownerOf(folder)
  return owner === undefined ? existsSync(folder) : isRunning(owner)
}

/** Process of the build that a folder belongs to, unless the folder is gone or just changing hands. */
function ownerOf(folder: string): number | undefined {
  try {
    const [owner] = readdirSync(folder).flatMap((name) => BUILDER.exec(name)?.[1] ?? [])
    return owner === undefined ? undefined : Number(owner)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    return undefined
  }
}

/** A builder with this process's own id is an earlier one: in a container every build may be process 1. */
function isRunning(builder: number): boolean {
  if (!(builder > 0) || builder === process.pid) return false
  try {
    process.kill(builder, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}
