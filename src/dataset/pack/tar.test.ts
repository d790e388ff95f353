import { execFileSync } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTar, TAR_END, tarPadding, writeTarHeader } from './tar.ts'

const archive = (members: readonly (readonly [string, Buffer])[]): Buffer =>
  Buffer.concat([
    ...members.flatMap(([name, content]) => [
      writeTarHeader(name, content.length, 1),
      content,
      tarPadding(content.length),
    ]),
    TAR_END,
  ])

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(bytes: Buffer, pieceSize = 4_096): Promise<[string, Buffer][]> {
  const members: [string, Buffer][] = []
  for await (const { name, content } of readTar(inPieces(bytes, pieceSize))) {
    members.push([name, await buffer(Readable.from(content))])
  }
  return members
}

describe('tar', () => {
  it('gives back what was written, however the bytes arrive', async () => {
    const member = fc.tuple(
      fc.stringMatching(/^[a-z.-]{1,90}$/),
      fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(member, { maxLength: 4 }),
        fc.integer({ min: 1, max: 3_000 }),
        async (members, size) => {
          expect(await read(archive(members), size)).toEqual(members)
        },
      ),
    )
  })

  it('keeps sizes from 8 GiB on', async () => {
    const header = writeTarHeader('large', 20_000_000_000, 1)
    const { value } = await readTar(inPieces(header, 512)).next()
    expect(value).toMatchObject({ name: 'large', sizeBytes: 20_000_000_000 })
  })

  it('passes over what was not read', async () => {
    const names: string[] = []
    for await (const { name } of readTar(
      inPieces(
        archive([
          ['a', Buffer.alloc(5_000)],
          ['b', Buffer.from('x')],
        ]),
        100,
      ),
    )) {
      names.push(name)
    }
    expect(names).toEqual(['a', 'b'])
  })

  it.each([0, 100, 511, 512, 700, 1_023])('says that an archive of %i bytes is cut short', async (length) => {
    const cut = archive([['a', Buffer.alloc(900, 1)]]).subarray(0, length)
    await expect(read(cut)).rejects.toThrow('cut short')
  })

  it.each([
    ['link', '2'],
    ['hard link', '1'],
    ['folder', '5'],
    ['device', '3'],
  ])('refuses a %s', async (_what, type) => {
    const header = writeTarHeader('a', 0, 1)
    header.write(type, 156)
    header.write('        ', 148)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    await expect(read(Buffer.concat([header, TAR_END]))).rejects.toThrow('damaged')
  })

  it('never crashes on damaged archives', async () => {
    const sound = archive([
      ['a', Buffer.alloc(700, 1)],
      ['b', Buffer.from('text')],
    ])
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Buffer.from(sound)
        bytes[at] = (bytes[at] ?? 0) ^ flip
        await read(bytes).catch((error: unknown) => expect(error).toMatchObject({ code: 'data_set_invalid' }))
      }),
    )
  })

  it('is what the system’s own tar reads', () => {
    const written = archive([['hum-26010101.json', Buffer.from('{}')]])
    const listed = execFileSync('tar', ['-xOf', '-'], { input: written })
    expect(listed.toString()).toBe('{}')
  })
})
