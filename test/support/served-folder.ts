import { copyFileSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { manifestFile } from '../../src/dataset/manifest.ts'

/** Puts a data set into a served folder as `hum data build` does: the manifest first, each in one step. */
export function publishDataSet(served: string, { path }: { readonly path: string }): void {
  for (const source of [manifestFile(path), path]) {
    const target = join(served, basename(source))
    copyFileSync(source, `${target}.new`)
    renameSync(`${target}.new`, target)
  }
}

/** Takes a data set out of a served folder. */
export function withdrawDataSet(served: string, { path }: { readonly path: string }): void {
  for (const source of [path, manifestFile(path)]) rmSync(join(served, basename(source)))
}
