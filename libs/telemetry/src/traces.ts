import type * as api from '@opentelemetry/api';
import type { Begun, Observer, Work } from './observer.js';

export interface Traces extends Observer {
  /** Sends what is still here. */
  close(): Promise<void>;
}

const CLOSE_WITHIN_MS = 3_000;

/**
 * Spans for OpenTelemetry: one a request, a command, an append, a batch of the views. Where they go, with which headers and
 * how long it may take, the exporter reads from the standard variables (`OTEL_EXPORTER_OTLP_…`). A trace begins here, whatever a
 * client says of one: else anybody could decide what is traced.
 */
export async function openTraces(
  service: string,
  env: NodeJS.ProcessEnv,
  onError: (error: string) => void,
): Promise<Traces> {
  const [telemetry, contexts, sdk, resources, exporter] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const { context, diag, DiagLogLevel } = telemetry;
  diag.setLogger(once(onError), DiagLogLevel.ERROR);
  context.setGlobalContextManager(new contexts.AsyncLocalStorageContextManager().enable());
  const ratio = Number(env['OTEL_TRACES_SAMPLER_ARG'] ?? '1');
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': env['OTEL_SERVICE_NAME'] ?? service }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new exporter.OTLPTraceExporter() })],
  });
  return {
    ...spansOf(telemetry, provider.getTracer('gongfu-ledger')),
    close: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref());
      // A collector that is not there must not keep the process from ending.
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      context.disable();
      diag.disable();
    },
  };
}

function spansOf({ context, trace, SpanStatusCode }: typeof api, tracer: api.Tracer): Observer {
  return {
    begin: (work, agoMs = 0): Begun => {
      const span = tracer.startSpan(`${work.kind} ${work.name}`, {
        startTime: Date.now() - agoMs,
        attributes: attributesOf(work),
      });
      const inside = trace.setSpan(context.active(), span);
      return {
        within: (act) => context.with(inside, act),
        end: ({ outcome, code }) => {
          span.setAttribute('ledger.outcome', outcome);
          if (code !== undefined) span.setAttribute('ledger.code', code);
          // No message: an error's text may hold what somebody has written.
          if (['failed', 'unknown', '5xx'].includes(outcome)) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
  };
}

/** Tells the first error: a collector that is away for a night would fill the log. */
function once(onError: (error: string) => void): api.DiagLogger {
  let told = false;
  const error = (message: string): void => {
    if (!told) onError(`traces are lost: ${message}`);
    told = true;
  };
  return { error, warn: silent, info: silent, debug: silent, verbose: silent };
}

function silent(): void {
  // The library talks about itself.
}

function attributesOf({ kind, name, commandId, facts }: Work): Record<string, string | number> {
  return {
    [`ledger.${kind}`]: name,
    ...(commandId !== undefined && { 'ledger.command_id': commandId }),
    ...(facts !== undefined && { 'ledger.facts': facts }),
  };
}
