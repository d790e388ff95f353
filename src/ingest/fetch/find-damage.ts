import { AppError, codeOf } from '../../lib/errors.ts'
import { listSourceFiles } from '../files/source-file.ts'

/**
 * Reads a downloaded file to its end, zips and gzips with everything inside, their checksums compared.
 *
 * @returns what is wrong with it in a sentence, `undefined` when it is whole.
 */
export async function findDamage(path: string): Promise<string | undefined> {
  try {
    const files = await listSourceFiles(path)
    if (files.length === 0) return 'The zip is empty.'
    for (const file of files) {
      const stream = await file.open()
      for await (const _chunk of stream);
    }
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error.message
    const code = codeOf(error)
    if (code.startsWith('Z_')) return `The compressed data is damaged (${code}).`
    throw error
  }
}
