import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const BALLAST = 'ballast'

/** A disk of its own that is full soon. */
export interface SmallDisk {
  readonly path: string
  /** Gives it another size, such as `1m`. */
  resize(size: string): void
  /** Takes up all that is left, until `free`. */
  fill(): void
  free(): void
  remove(): void
}

/** Makes a disk in memory of a size such as `128k`. */
export function makeSmallDisk(size: string): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'hum-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' })
  if (status !== 0) {
    rmSync(path, { recursive: true })
    throw new Error('This user may not mount a disk.')
  }
  return {
    path,
    resize: (other) => void execFileSync('mount', ['-o', `remount,size=${other}`, path]),
    fill: () => {
      const piece = Buffer.alloc(4096)
      try {
        for (;;) appendFileSync(join(path, BALLAST), piece)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    },
    free: () => rmSync(join(path, BALLAST), { force: true }),
    remove: () => {
      // At once, also where a test that failed has left a file open.
      execFileSync('umount', ['--lazy', path])
      rmSync(path, { recursive: true })
    },
  }
}

/** Whether small disks can be made; only the superuser of a machine that allows it can. */
export const hasSmallDisks = canMount()
if (!hasSmallDisks) console.warn('Skipped: what happens on a full disk. It needs the right to mount a small one.')

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false
  try {
    makeSmallDisk('128k').remove()
    return true
  } catch {
    return false
  }
}
