import { statSync } from 'node:fs'
import { Command } from 'commander'
import { resolveDataSetFile } from '../dataset/data-set-file.ts'
import { openDataSet } from '../dataset/data-set.ts'
import { packDataSet } from '../dataset/pack/pack-data-set.ts'
import { packFileName } from '../dataset/pack/pack-members.ts'
import { formatBytes } from './format-bytes.ts'

/** `hum data pack`: a data set → one compressed file, for machines without internet. */
export function dataPackCommand(): Command {
  return new Command('pack')
    .description('Pack a data set with manifest, checksums and licences into one compressed file.')
    .requiredOption('--data <path>', 'a data set, or a folder, of which the newest is taken', process.env['HUM_DATA'])
    .option('--out <file>', 'the file to write; by default hum-<version>.tar.zst here')
    .action(async ({ data, out }: { data: string; out?: string }) => {
      const file = resolveDataSetFile(data)
      const target = out ?? packFileName(readVersion(file))
      await packDataSet(file, target)
      console.log(`${target} (${formatBytes(statSync(target).size)} of ${formatBytes(statSync(file).size)})`)
      console.log('Unpack with: hum data unpack <file> --into <folder>')
    })
}

function readVersion(file: string): string {
  const dataSet = openDataSet(file)
  dataSet.close()
  return dataSet.version
}
