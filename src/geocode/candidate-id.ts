/** What a candidate's id stands for. */
export interface CandidateKey {
  readonly streetId: number
  readonly numberText: string
  readonly unitText: string
}

const CHECK_BYTES = 4

/**
 * Names a candidate in URL-safe letters: which street of the data set, and the number and unit, unreadable at sight.
 * The same candidate has the same id as long as the data set is the same.
 */
export function encodeCandidateId({ streetId, numberText, unitText }: CandidateKey): string {
  const text = Buffer.from(`${streetId.toString(36)}\t${numberText}\t${unitText}`)
  const check = checksum(text)
  const bytes = Buffer.alloc(CHECK_BYTES + text.length)
  bytes.writeUInt32BE(check)
  veil(text, check).copy(bytes, CHECK_BYTES)
  return bytes.toString('base64url')
}

/** Reads an id back; `undefined` when it is none. */
export function decodeCandidateId(id: string): CandidateKey | undefined {
  const bytes = Buffer.from(id, 'base64url')
  if (bytes.length <= CHECK_BYTES) return undefined
  const check = bytes.readUInt32BE()
  const text = veil(bytes.subarray(CHECK_BYTES), check)
  if (checksum(text) !== check) return undefined
  const [street = '', numberText = '', unitText = ''] = text.toString().split('\t')
  return { streetId: Number.parseInt(street, 36), numberText, unitText }
}

/** FNV-1a. */
function checksum(text: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of text) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

/** Changes the text by numbers drawn from the check (xorshift); done twice it is itself again. */
function veil(text: Uint8Array, check: number): Buffer {
  let state = check || 1
  const veiled = Buffer.alloc(text.length)
  for (let index = 0; index < text.length; index++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    veiled[index] = text[index]! ^ (state & 0xff)
  }
  return veiled
}
