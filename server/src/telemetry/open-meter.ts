import { type Instrument, type InstrumentName, instruments, type Measure } from './instruments.ts';
import { type ExportParts, openResource } from './open-tracer.ts';

/** Measurements on their way to a collector. */
export type OpenMeter = {
  readonly measure: Measure;
  /** Sends what is left. */
  readonly close: () => Promise<void>;
};

/** The official SDK for metrics, loaded only where they are exported. */
export async function openMeter(parts: ExportParts): Promise<OpenMeter | null> {
  const { settings, version } = parts;
  if (settings.metrics === null) return null;
  const [{ MeterProvider, PeriodicExportingMetricReader }, resource, exporter] = await Promise.all([
    import('@opentelemetry/sdk-metrics'),
    openResource(parts),
    settings.metrics === 'http/json'
      ? import('@opentelemetry/exporter-metrics-otlp-http').then((each) => new each.OTLPMetricExporter())
      : import('@opentelemetry/exporter-metrics-otlp-proto').then((each) => new each.OTLPMetricExporter()),
  ]);
  const exportIntervalMillis = settings.metricIntervalMs;
  const exportTimeoutMillis = Math.min(exportIntervalMillis, 30_000);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis, exportTimeoutMillis });
  const provider = new MeterProvider({ resource, readers: [reader] });
  const meter = provider.getMeter('pictor', version);
  const measures = new Map<InstrumentName, (value: number, attributes: object) => void>();
  const open = (name: InstrumentName): ((value: number, attributes: object) => void) => {
    const { kind, unit, description, bounds }: Instrument = instruments[name];
    if (kind === 'histogram') {
      const advice = { explicitBucketBoundaries: [...(bounds ?? [])] };
      const histogram = meter.createHistogram(name, { unit, description, advice });
      return (value, attributes) => histogram.record(value, { ...attributes });
    }
    const sum =
      kind === 'counter'
        ? meter.createCounter(name, { unit, description })
        : meter.createUpDownCounter(name, { unit, description });
    return (value, attributes) => sum.add(value, { ...attributes });
  };
  return {
    measure: (name, value, attributes) => {
      const known = measures.get(name) ?? open(name);
      measures.set(name, known);
      known(value, attributes);
    },
    close: () => provider.shutdown(),
  };
}
