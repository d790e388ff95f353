/** The part of npm `yazl` that tests write zips with; the package has no types. */
declare module 'yazl' {
  import type { Readable } from 'node:stream'

  export class ZipFile {
    readonly outputStream: Readable
    addBuffer(buffer: Buffer, metadataPath: string, options?: { mtime?: Date; compress?: boolean }): void
    addFile(realPath: string, metadataPath: string, options?: { mtime?: Date; compress?: boolean }): void
    end(): void
  }
}
