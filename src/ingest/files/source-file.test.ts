import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withFolder } from '../../../test/support/with-folder.ts'
import { writeZip } from '../../../test/support/write-zip.ts'
import { AppError } from '../../lib/errors.ts'
import { listSourceFiles } from './source-file.ts'
import type { SourceFile } from './source-file.ts'

async function textOf(file: SourceFile | undefined): Promise<string> {
  const chunks: Buffer[] = []
  if (file) for await (const chunk of (await file.open()) as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('listSourceFiles', () => {
  it('lists the files of folders and zips, nested ones too, by name', () =>
    withFolder(async (folder) => {
      await mkdir(join(folder, 'b'))
      await writeFile(join(folder, 'b', 'plain.csv'), 'plain')
      await writeFile(join(folder, 'b', '.hidden'), '')
      await writeFile(join(folder, 'c.csv.gz'), gzipSync('unpacked'))
      await writeZip(join(folder, 'a.zip'), { 'deep/er/z.csv': 'zipped', 'deep/.DS_Store': '', '__MACOSX/z.csv': '' })
      const files = await listSourceFiles(folder)
      expect(files.map(({ name, member }) => [name, member])).toEqual([
        ['z.csv', 'deep/er/z.csv'],
        ['plain.csv', undefined],
        ['c.csv', undefined],
      ])
      expect(await Promise.all(files.map(textOf))).toEqual(['zipped', 'plain', 'unpacked'])
    }))

  it('says what to do about a path that does not exist', async () => {
    await expect(listSourceFiles('nowhere/at-all')).rejects.toThrow('There is no file or folder nowhere/at-all.')
  })

  it.each([
    ['a web page', '<!DOCTYPE html><title>Error 403</title>', 'holds a web page'],
    ['text', 'not found', 'is called a zip but is none'],
    ['nothing', '', 'is called a zip but is none'],
  ])('refuses a zip that is %s', (_, text, message) =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'tl_2025_23005_faces.zip'), text)
      await expect(listSourceFiles(folder)).rejects.toThrow(`tl_2025_23005_faces.zip ${message}`)
    }),
  )

  it('never writes a member anywhere, whatever path it claims', () =>
    withFolder(async (folder) => {
      await writeZip(join(folder, 'good.zip'), { 'aaaaaaaaaaa/evil.csv': 'x' })
      const bytes = await readFile(join(folder, 'good.zip'))
      const hostile = Buffer.from(bytes.toString('latin1').replaceAll('aaaaaaaaaaa/', '../../../../'), 'latin1')
      await writeFile(join(folder, 'hostile.zip'), hostile)
      await expect(listSourceFiles(join(folder, 'hostile.zip'))).rejects.toThrow(AppError)
    }))

  it('refuses a zip that claims to unpack to more than deflate can pack', () =>
    withFolder(async (folder) => {
      await writeZip(join(folder, 'bomb.zip'), { 'a.csv': 'x'.repeat(5000) })
      const bytes = await readFile(join(folder, 'bomb.zip'))
      bytes.writeUInt32LE(0xfffffff0, bytes.indexOf('PK\u0001\u0002') + 24)
      await writeFile(join(folder, 'bomb.zip'), bytes)
      await expect(listSourceFiles(folder)).rejects.toThrow('bomb.zip claims impossible sizes')
    }))

  it('notices a flipped byte by the checksum', () =>
    withFolder(async (folder) => {
      await writeZip(join(folder, 'a.zip'), { 'a.csv': 'number,street\n1,Main St\n' })
      const bytes = await readFile(join(folder, 'a.zip'))
      bytes.writeUInt32LE(1, bytes.indexOf('PK\u0001\u0002') + 16)
      await writeFile(join(folder, 'a.zip'), bytes)
      const [file] = await listSourceFiles(folder)
      await expect(textOf(file)).rejects.toThrow('a.zip is damaged')
    }))

  it('follows links to files, and none to folders, which may lead in circles', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'a.txt'), 'linked')
      await mkdir(join(folder, 'links'))
      await symlink(join(folder, 'a.txt'), join(folder, 'links', 'b.txt'))
      await symlink(folder, join(folder, 'links', 'circle'))
      const files = await listSourceFiles(folder)
      expect(files.map(({ path }) => path)).toEqual([join(folder, 'a.txt'), join(folder, 'links', 'b.txt')])
      expect(await textOf(files[1])).toBe('linked')
    }))

  it('answers every damaged zip with its content or a clear error', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'a.zip')
      await writeZip(path, { 'a.csv': 'a,b\n'.repeat(500), 'b/c.csv': 'c' })
      const whole = await readFile(path)
      const flips = fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), { maxLength: 4 })
      await fc.assert(
        fc.asyncProperty(flips, fc.integer({ min: 1, max: whole.length }), async (changes, keep) => {
          const bytes = Buffer.from(whole.subarray(0, keep))
          for (const [at, value] of changes) if (at < keep) bytes[at] = value
          await writeFile(path, bytes)
          try {
            for (const file of await listSourceFiles(path)) expect((await textOf(file)).length).toBeLessThan(10_000)
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
          }
        }),
        { numRuns: 300 },
      )
    }))
})
