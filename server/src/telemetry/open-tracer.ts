import type { Context, SpanContext, Tracer } from '@opentelemetry/api';
import type { Sampler as SdkSampler } from '@opentelemetry/sdk-trace';
import type { TelemetrySettings } from './read-settings.ts';

export type ExportParts = { readonly settings: TelemetrySettings; readonly version: string };

/** The official SDK, as far as spans need it. */
export type OpenTracer = {
  readonly tracer: Tracer;
  readonly under: (parent: SpanContext | null) => Context;
  /** Sends what is left. */
  readonly close: () => Promise<void>;
};

/** Loads the official packages only here: a server that exports nothing does not pay for them at its start. */
export async function openTracer({ settings, version }: ExportParts): Promise<OpenTracer | null> {
  if (settings.traces === null) return null;
  const [{ ROOT_CONTEXT, trace }, sdk, resource, exporter] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    openResource({ settings, version }),
    settings.traces === 'http/json'
      ? import('@opentelemetry/exporter-trace-otlp-http').then((each) => new each.OTLPTraceExporter())
      : import('@opentelemetry/exporter-trace-otlp-proto').then((each) => new each.OTLPTraceExporter()),
  ]);
  const provider = new sdk.TracerProvider({
    resource,
    sampler: toSampler(sdk, settings),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter, scheduledDelayMillis: settings.spanDelayMs })],
  });
  return {
    tracer: provider.getTracer('pictor', version),
    under: (parent) => (parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent)),
    close: () => provider.shutdown(),
  };
}

/** Who tells: `service.name` is `pictor` unless the settings say otherwise. */
export async function openResource({ settings, version }: ExportParts) {
  const { defaultResource, resourceFromAttributes } = await import('@opentelemetry/resources');
  const own = { 'service.name': 'pictor', 'service.version': version, ...settings.resource };
  return defaultResource().merge(resourceFromAttributes(own));
}

type Sdk = typeof import('@opentelemetry/sdk-trace');

function toSampler(sdk: Sdk, { sampler }: TelemetrySettings): SdkSampler {
  const root = toRootSampler(sdk, sampler.name.replace('parentbased_', ''), sampler.ratio);
  return sampler.name.startsWith('parentbased_') ? new sdk.ParentBasedSampler({ root }) : root;
}

function toRootSampler(sdk: Sdk, name: string, ratio: number): SdkSampler {
  if (name === 'always_off') return new sdk.AlwaysOffSampler();
  return name === 'traceidratio' ? new sdk.TraceIdRatioBasedSampler(ratio) : new sdk.AlwaysOnSampler();
}
