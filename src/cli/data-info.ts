import { Command } from 'commander'
import { readSettings } from '../config.ts'
import { resolveDataSetFile } from '../dataset/data-set-file.ts'
import { openDataSet } from '../dataset/data-set.ts'
import { findManifest } from '../dataset/manifest.ts'
import { formatSources } from './format-sources.ts'
import { ensureSandboxDataSet } from './sandbox-data-set.ts'

/** `hum data info`: what a data set holds, from which files, of which dates, under which licences. */
export function dataInfoCommand(): Command {
  return new Command('info')
    .description('Say what a data set holds: sources, vintages, licences and counts.')
    .option('--data <path>', 'a data set, or a folder of data sets (default: HUM_DATA, else the sandbox)')
    .option('--json', 'print as JSON')
    .action(async ({ data, json }: { data?: string; json?: boolean }) => {
      const path = data ?? readSettings(process.env).data
      const file = path === undefined ? await ensureSandboxDataSet() : resolveDataSetFile(path)
      const dataSet = openDataSet(file)
      try {
        const manifest = findManifest(file)
        const sources = [...dataSet.sources.values()].map((source) => ({
          ...source,
          details: manifest?.sources.find(({ sourceId }) => sourceId === source.sourceId)?.details,
        }))
        const { version, isSandbox } = dataSet
        if (json) {
          console.log(JSON.stringify({ ...manifest, version, isSandbox, path: file, sources }, undefined, 2))
          return
        }
        console.log(
          [
            `Data set ${version}${isSandbox ? ', the sandbox: an invented region' : ''}: ${file}`,
            ...(manifest
              ? [`Built ${manifest.builtAt}, content ${manifest.contentHash}`]
              : ['It has no manifest beside it.']),
            '',
            formatSources(sources),
            '',
            'Licences:',
            ...new Set(sources.map(({ licence, attribution }) => `  ${attribution}: ${licence}`)),
            ...(manifest ? ['', 'Rows:', ...formatRows(manifest.rows)] : []),
          ].join('\n'),
        )
      } finally {
        dataSet.close()
      }
    })
}

function formatRows(rows: Readonly<Record<string, number>>): string[] {
  const width = Math.max(0, ...Object.keys(rows).map((table) => table.length))
  return Object.entries(rows).map(([table, count]) => `  ${table.padEnd(width)}  ${count.toLocaleString('en-US')}`)
}
