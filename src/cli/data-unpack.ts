import { Command } from 'commander'
import { unpackDataSet } from '../dataset/pack/unpack-data-set.ts'

/** `hum data unpack`: a packed data set → a folder of data sets, checked. */
export function dataUnpackCommand(): Command {
  return new Command('unpack')
    .description('Unpack a packed data set into a folder of data sets. A server that watches the folder takes it.')
    .argument('<file>', 'what `hum data pack` wrote')
    .requiredOption('--into <folder>', 'folder of data sets')
    .action(async (file: string, { into }: { into: string }) => {
      const { version, path, wasThere } = await unpackDataSet(file, into)
      console.log(wasThere ? `Data set ${version} is there already: ${path}` : `Data set ${version} is ready: ${path}`)
    })
}
