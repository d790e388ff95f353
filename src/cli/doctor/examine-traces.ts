import { ok, warning } from './finding.ts'
import type { Finding } from './finding.ts'

const CHECK = 'traces'

const WRONG_PLACE =
  'Set HUM_TRACES to its address without /v1/traces, with its port for OTLP over HTTP: mostly 4318, since 4317 is for gRPC.'

/** Whether the collector takes what the server would send. One that does not harms no request: a warning at most. */
export async function examineTraces({ url }: { url: string }): Promise<Finding> {
  // Loaded where there is something to check: these packages take longer than all else.
  const { tryCollector } = await import('../../http/operations/open-traces.ts')
  const problem = await tryCollector(url)
  const { host } = new URL(url)
  return problem === undefined ? ok(CHECK, `the collector at ${host} takes them`) : warning(CHECK, say(host, problem))
}

/** `code` is the status of the answer, or the system's or the parser's word where there was none. */
function say(host: string, { message, code }: Error & { code?: number | string }): string {
  if (code === 401 || code === 403) {
    return `The collector at ${host} refuses them (status ${code}). Set OTEL_EXPORTER_OTLP_HEADERS to the key that it asks for.`
  }
  if (typeof code === 'number') return `What answers at ${host} does not take them (status ${code}). ${WRONG_PLACE}`
  if (code?.startsWith('HPE_') === true) return `What answers at ${host} speaks no HTTP (${message}). ${WRONG_PLACE}`
  return `The collector at ${host} does not take them (${message}). Start it, or mend HUM_TRACES; until then spans are thrown away.`
}
