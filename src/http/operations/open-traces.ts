import { AsyncLocalStorage } from 'node:async_hooks'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api'
import type { Attributes, Context, Span } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { FastifyRequest } from 'fastify'
import { readTraceparent, writeTraceparent } from './traceparent.ts'
import type { Traces } from './traces.ts'

/** Well below the time that a stopping server is given. */
const SEND_TIMEOUT_MS = 5000

/**
 * Opens traces that are sent to an OpenTelemetry collector (OTLP over HTTP, below `url`), in batches and behind the
 * answers. While the collector does not take them they are thrown away; `onError` is told when that begins.
 *
 * Nothing is registered for the whole process. This file brings the SDK along: import it only where traces are on.
 *
 * @param share how many of the traces that begin here are kept, 0 to 1; a caller's own decision stands.
 */
export function openTraces({
  url,
  share,
  onError,
}: {
  url: string
  share: number
  onError: (error: unknown) => void
}): Traces {
  const provider = new TracerProvider({
    // Its own name, unless OTEL_SERVICE_NAME or OTEL_RESOURCE_ATTRIBUTES give another.
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'hum' }))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: createExporter(url, onError), exportTimeoutMillis: SEND_TIMEOUT_MS }),
    ],
  })
  const tracer = provider.getTracer('hum')
  const contexts = new AsyncLocalStorage<Context>()
  const begun = new WeakMap<FastifyRequest, { readonly span: Span; readonly context: Context }>()

  /** Records what has just ended, within the request that it was done for, if it was for one. */
  function record(
    name: string,
    kind: SpanKind,
    milliseconds: number,
    hasFailed: boolean,
    attributes: Attributes,
  ): void {
    const endTime = performance.timeOrigin + performance.now()
    const span = tracer.startSpan(
      name,
      { kind, attributes, startTime: endTime - milliseconds },
      contexts.getStore() ?? ROOT_CONTEXT,
    )
    if (hasFailed) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end(endTime)
  }

  return {
    begin: (request, next) => {
      const caller = readTraceparent(request.headers)
      const parent = caller && {
        ...caller,
        traceFlags: caller.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
        isRemote: true,
      }
      const outer = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent)
      const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER }, outer)
      const context = trace.setSpan(outer, span)
      begun.set(request, { span, context })
      // Lines of the log name the trace by this header.
      if (caller === undefined) request.headers['traceparent'] = writeTraceparent(span.spanContext())
      contexts.run(context, next)
    },
    resume: (request, next) => {
      const context = begun.get(request)?.context
      if (context === undefined) next()
      else contexts.run(context, next)
    },
    end: (request, route, reply) => {
      const { span } = begun.get(request) ?? {}
      if (span === undefined) return
      begun.delete(request)
      span.updateName(`${request.method} ${route}`)
      span.setAttributes({
        'http.request.method': request.method,
        'http.route': route,
        ...(reply && { 'http.response.status_code': reply.statusCode }),
      })
      if (reply === undefined || reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    },
    onAgent: (agent, outcome, milliseconds) =>
      record(`agent ${agent}`, SpanKind.INTERNAL, milliseconds, false, { 'hum.agent': agent, 'hum.outcome': outcome }),
    onWebhookTry: (result, milliseconds, { status, reason }) =>
      record('webhook delivery', SpanKind.CLIENT, milliseconds, result !== 'delivered', {
        'hum.webhook.result': result,
        'hum.webhook.reason': reason,
        ...(status !== undefined && { 'http.response.status_code': status }),
      }),
    observeStateCall: (call, milliseconds, hasFailed) => {
      // The upkeep's own calls belong to no request, and metrics count them.
      if (contexts.getStore() === undefined) return
      record(`state ${call}`, SpanKind.CLIENT, milliseconds, hasFailed, { 'hum.state.call': call })
    },
    close: () => provider.shutdown().catch(onError),
  }
}

/** Sends a collector no spans, as `openTraces` sends some: for at most five seconds. @returns what went wrong, if anything did. */
export async function tryCollector(url: string): Promise<Error | undefined> {
  const exporter = createOtlpExporter(url)
  const { promise, resolve } = Promise.withResolvers<Error | undefined>()
  exporter.export([], ({ error }) => resolve(error))
  const problem = await promise
  await exporter.shutdown()
  return problem
}

function createOtlpExporter(url: string): OTLPTraceExporter {
  return new OTLPTraceExporter({ url: `${url}/v1/traces`, timeoutMillis: SEND_TIMEOUT_MS })
}

function createExporter(url: string, onError: (error: unknown) => void): SpanExporter {
  const exporter = createOtlpExporter(url)
  let isFailing = false
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const hasFailed = result.error !== undefined
        if (hasFailed && !isFailing) onError(result.error)
        isFailing = hasFailed
        done(result)
      }),
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  }
}
