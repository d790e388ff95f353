import { AppError } from '../../lib/errors.ts'

const BLOCK = 512
/** The greatest size that a header's eleven octal digits can say. */
const MAX_OCTAL = 0o77777777777

/** A file of a tar archive that is being read. */
export interface TarMember {
  readonly name: string
  readonly sizeBytes: number
  /** Its content, to be read before the next member is asked for. What is left unread is passed over. */
  readonly content: AsyncIterable<Buffer>
}

/** The header of a plain file (POSIX ustar; sizes from 8 GiB on as GNU tar writes them). `mtime` in seconds. */
export function writeTarHeader(name: string, sizeBytes: number, mtime: number): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0, 100, 'utf8')
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  if (sizeBytes <= MAX_OCTAL) header.write(octal(sizeBytes, 12), 124)
  else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(sizeBytes), 128)
  }
  header.write(octal(mtime, 12), 136)
  header.write('        0', 148)
  header.write('ustar\u000000', 257)
  header.write(`${octal(checksum(header), 7)} `, 148)
  return header
}

/** What fills a file's last block up. */
export const tarPadding = (sizeBytes: number): Buffer => Buffer.alloc((BLOCK - (sizeBytes % BLOCK)) % BLOCK)

/** Ends an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`

/** The sum of the header's bytes, those of the sum itself taken as spaces. */
function checksum(header: Buffer): number {
  let sum = 0
  for (let index = 0; index < BLOCK; index++) sum += index >= 148 && index < 156 ? 0x20 : (header[index] ?? 0)
  return sum
}

/**
 * Reads a tar archive of plain files as a stream, member by member, without holding any of it.
 *
 * @throws AppError `data_set_invalid` when it is cut short, damaged, or holds links, folders or devices.
 */
export async function* readTar(chunks: AsyncIterable<Buffer>): AsyncGenerator<TarMember> {
  const source = createByteSource(chunks)
  for (;;) {
    const header = await source.take(BLOCK)
    if (header.every((byte) => byte === 0)) return
    const { name, sizeBytes } = parseHeader(header)
    let left = sizeBytes
    async function* readContent(): AsyncGenerator<Buffer> {
      while (left > 0) {
        const piece = await source.takeSome(left)
        left -= piece.length
        yield piece
      }
    }
    const content = readContent()
    yield { name, sizeBytes, content }
    for await (const _rest of content);
    await source.take(tarPadding(sizeBytes).length)
  }
}

function parseHeader(header: Buffer): { name: string; sizeBytes: number } {
  const text = (start: number, length: number) =>
    header.toString('utf8', start, start + length).replace(/[\0 ].*$/s, '')
  const type = text(156, 1)
  const sizeBytes =
    header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(text(124, 12).trim() || '0', 8)
  const isSound = Number.parseInt(text(148, 8), 8) === checksum(header) && Number.isSafeInteger(sizeBytes)
  if (!isSound || (type !== '0' && type !== '')) throw damaged('it is damaged or was not packed by `hum data pack`')
  return { name: text(0, 100), sizeBytes }
}

function createByteSource(chunks: AsyncIterable<Buffer>) {
  const iterator = chunks[Symbol.asyncIterator]()
  let chunk: Buffer = Buffer.alloc(0)

  async function takeSome(most: number): Promise<Buffer> {
    while (chunk.length === 0) {
      const next = await iterator.next()
      if (next.done === true) throw damaged('it is cut short')
      chunk = next.value
    }
    const piece = chunk.subarray(0, most)
    chunk = chunk.subarray(piece.length)
    return piece
  }

  return {
    takeSome,
    take: async (length: number): Promise<Buffer> => {
      const pieces: Buffer[] = []
      let left = length
      while (left > 0) {
        const piece = await takeSome(left)
        pieces.push(piece)
        left -= piece.length
      }
      return Buffer.concat(pieces)
    },
  }
}

const damaged = (what: string): AppError =>
  new AppError('data_set_invalid', `The pack cannot be used: ${what}. Copy it again.`)
