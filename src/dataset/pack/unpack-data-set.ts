import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { createZstdDecompress } from 'node:zlib'
import { AppError, codeOf } from '../../lib/errors.ts'
import { openDataSet } from '../data-set.ts'
import { manifestFile } from '../manifest.ts'
import type { Manifest } from '../manifest.ts'
import { packMembers } from './pack-members.ts'
import type { PackMembers } from './pack-members.ts'
import { publishDataSet } from '../publish-data-set.ts'
import { readTar } from './tar.ts'
import type { TarMember } from './tar.ts'

/** More than the manifest of a nation with every file of its own needs (7,000 sources of some 600 bytes). */
const MAX_TEXT_BYTES = 64 << 20
const UNPACKING = 'unpacking'

/** A data set that lies in a folder now. */
export interface Unpacked {
  readonly path: string
  readonly version: string
  /** It lay there before, the same. */
  readonly wasThere: boolean
}

/**
 * Unpacks a data set into a folder of data sets, where it appears whole and checked or not at all.
 *
 * Nothing in the pack is trusted: names are those of one version's files or it is refused, no file is longer than the
 * pack's own manifest says, and every checksum is compared. Memory is bounded, and so is the disk: what does not fit is
 * refused before it is written.
 *
 * @throws AppError `data_set_invalid` when the pack is damaged, hostile or of a newer schema; `data_set_unwritable` when
 *   the disk is too small, or another data set of that version lies there.
 */
export async function unpackDataSet(pack: string, folder: string): Promise<Unpacked> {
  mkdirSync(folder, { recursive: true })
  const temporary = join(folder, UNPACKING)
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary)
  try {
    const members = readTar(decompress(pack))
    const checksums = await readText(await next(members))
    const licences = await next(members)
    const licenceText = await readText(licences)
    const manifestMember = await next(members)
    const manifestText = await readText(manifestMember)
    const manifest = parseManifest(manifestText)
    const names = packMembers(manifest.version)
    expectChecksum(checksums, names.licences, sha256(licenceText))
    expectChecksum(checksums, names.manifest, sha256(manifestText))
    expectChecksum(checksums, names.dataSet, manifest.file.sha256)
    if (licences.name !== names.licences || manifestMember.name !== names.manifest) throw unusable()
    const present = findPresent(folder, names, manifestText)
    if (present) return { path: present, version: manifest.version, wasThere: true }
    checkRoom(folder, manifest.file.sizeBytes)
    const file = join(temporary, names.dataSet)
    await writeDataSet(await next(members), file, manifest)
    if (!(await members.next()).done) throw unusable()
    checkOpens(file, manifest)
    writeFileSync(manifestFile(file), manifestText)
    writeFileSync(join(folder, names.licences), licenceText)
    return { path: publishDataSet(file, manifest.version, folder), version: manifest.version, wasThere: false }
  } catch (error) {
    throw asUnpackError(error)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

async function* decompress(pack: string): AsyncGenerator<Buffer> {
  const source = createReadStream(pack, { highWaterMark: 1 << 20 })
  const unzipped = createZstdDecompress()
  source.on('error', (error) => unzipped.destroy(error))
  source.pipe(unzipped)
  try {
    for await (const chunk of unzipped) yield chunk as Buffer
  } finally {
    source.destroy()
    unzipped.destroy()
  }
}

async function next(members: AsyncIterator<TarMember>): Promise<TarMember> {
  const { done, value } = await members.next()
  if (done === true) throw unusable()
  return value
}

async function readText({ sizeBytes, content }: TarMember): Promise<Buffer> {
  if (sizeBytes > MAX_TEXT_BYTES) throw unusable()
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function parseManifest(text: Buffer): Manifest {
  try {
    const manifest = JSON.parse(text.toString('utf8')) as Manifest
    const { sizeBytes, sha256: checksum } = manifest.file
    if (/^\d{8}$/.test(manifest.version) && Number.isSafeInteger(sizeBytes) && /^[0-9a-f]{64}$/.test(checksum)) {
      return manifest
    }
  } catch (error) {
    throw unusable(error)
  }
  throw unusable()
}

function expectChecksum(checksums: Buffer, name: string, checksum: string): void {
  if (!checksums.toString('utf8').split('\n').includes(`${checksum}  ${name}`)) throw unusable()
}

function findPresent(folder: string, names: PackMembers, manifestText: Buffer): string | undefined {
  const path = join(folder, names.dataSet)
  if (!existsSync(path)) return undefined
  const manifestPath = join(folder, names.manifest)
  if (existsSync(manifestPath) && manifestText.equals(readFileSync(manifestPath))) return path
  throw new AppError(
    'data_set_unwritable',
    `The folder holds another data set called ${names.dataSet}. Unpack into another folder.`,
  )
}

function checkRoom(folder: string, sizeBytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= sizeBytes) return
  throw new AppError(
    'data_set_unwritable',
    `The data set needs ${gigabytes(sizeBytes)}, and the disk has ${gigabytes(bavail * bsize)} left.`,
  )
}

async function writeDataSet(member: TarMember, path: string, manifest: Manifest): Promise<void> {
  if (member.name !== packMembers(manifest.version).dataSet || member.sizeBytes !== manifest.file.sizeBytes) {
    throw unusable()
  }
  const hash = createHash('sha256')
  const file = await open(path, 'wx')
  try {
    for await (const chunk of member.content) {
      hash.update(chunk)
      await file.write(chunk)
    }
  } finally {
    await file.close()
  }
  if (hash.digest('hex') !== manifest.file.sha256) throw unusable()
}

function checkOpens(file: string, manifest: Manifest): void {
  const dataSet = openDataSet(file)
  dataSet.close()
  if (dataSet.version !== manifest.version) throw unusable()
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

const unusable = (cause?: unknown): AppError =>
  new AppError(
    'data_set_invalid',
    'The pack cannot be used: it is damaged or was not packed by `hum data pack`. Copy it again.',
    { cause },
  )

function asUnpackError(error: unknown): unknown {
  const code = codeOf(error)
  if (error instanceof AppError) return error
  if (code === 'ENOENT') return new AppError('data_set_missing', 'There is no such pack.', { cause: error })
  if (code === 'ENOSPC') {
    return new AppError('data_set_unwritable', 'The disk is full. Make room or unpack to another disk.', {
      cause: error,
    })
  }
  return /^(ERR_)?Z(STD)?_/.test(code) ? unusable(error) : error
}
