import { SettingsError } from '../foundation/index.ts';

type Variable = (name: string) => string | undefined;

/** How one kind of data leaves; null: it does not. */
export type Protocol = 'http/protobuf' | 'http/json' | null;

export type Sampler = { readonly name: string; readonly ratio: number };

export type TelemetrySettings = {
  readonly traces: Protocol;
  readonly metrics: Protocol;
  readonly sampler: Sampler;
  /** Attributes of everything that is exported, the service's name among them. */
  readonly resource: Readonly<Record<string, string>>;
  /** Longest wait of a span before it is sent, in milliseconds. */
  readonly spanDelayMs: number;
  /** Time between two exports of metrics, in milliseconds. */
  readonly metricIntervalMs: number;
  /** May prompts stand in spans? */
  readonly capturesContent: boolean;
};

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
];

/**
 * The usual variables of OpenTelemetry, as far as Pictor has to know them. Address, headers, certificates, compression
 * and time-outs are read by the official exporters, in the way that OpenTelemetry specifies. Throws a SettingsError.
 */
export function readTelemetrySettings(variable: Variable): TelemetrySettings {
  const isDisabled = variable('OTEL_SDK_DISABLED')?.toLowerCase() === 'true';
  const capture = variable('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT')?.toLowerCase() ?? 'false';
  return {
    traces: isDisabled ? null : readProtocol(variable, 'TRACES'),
    metrics: isDisabled ? null : readProtocol(variable, 'METRICS'),
    sampler: readSampler(variable),
    resource: {
      ...readPairs(variable('OTEL_RESOURCE_ATTRIBUTES') ?? ''),
      ...named(variable('OTEL_SERVICE_NAME')),
    },
    spanDelayMs: readMs(variable, 'OTEL_BSP_SCHEDULE_DELAY', 5_000),
    metricIntervalMs: readMs(variable, 'OTEL_METRIC_EXPORT_INTERVAL', 60_000),
    capturesContent: ['true', 'span_only', 'span_and_event'].includes(capture),
  };
}

/** Nothing leaves unless an address is named, or the exporter is asked for by its name. */
function readProtocol(variable: Variable, signal: 'TRACES' | 'METRICS'): Protocol {
  const address =
    variable(`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`) ?? variable('OTEL_EXPORTER_OTLP_ENDPOINT');
  const exporter = variable(`OTEL_${signal}_EXPORTER`) ?? (address === undefined ? 'none' : 'otlp');
  // Metrics for Prometheus are always there, under /metrics.
  if (exporter === 'none' || (signal === 'METRICS' && exporter === 'prometheus')) return null;
  if (exporter !== 'otlp') {
    throw new SettingsError(`OTEL_${signal}_EXPORTER must be otlp or none, not '${exporter}'.`);
  }
  const name = `OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`;
  const protocol = variable(name) ?? variable('OTEL_EXPORTER_OTLP_PROTOCOL') ?? 'http/protobuf';
  if (protocol === 'http/protobuf' || protocol === 'http/json') return protocol;
  throw new SettingsError(
    `OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf or http/json, not '${protocol}'. Collectors take both on port 4318.`,
  );
}

function readSampler(variable: Variable): Sampler {
  const name = variable('OTEL_TRACES_SAMPLER') ?? 'parentbased_always_on';
  if (!samplers.includes(name)) {
    throw new SettingsError(`OTEL_TRACES_SAMPLER must be one of ${samplers.join(', ')}, not '${name}'.`);
  }
  const text = variable('OTEL_TRACES_SAMPLER_ARG') ?? '1';
  const ratio = Number(text);
  if (ratio >= 0 && ratio <= 1) return { name, ratio };
  throw new SettingsError(`OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not '${text}'.`);
}

function readMs(variable: Variable, name: string, fallback: number): number {
  const text = variable(name);
  const value = text === undefined ? fallback : Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new SettingsError(`${name} must be a whole number of milliseconds above 0, not '${text}'.`);
}

function named(name: string | undefined): Readonly<Record<string, string>> {
  return name === undefined ? {} : { 'service.name': name };
}

/** `team=press,deployment.environment.name=prod`, with percent escapes. What has no `=` is left out. */
function readPairs(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').flatMap((pair) => {
    const [name = '', ...rest] = pair.split('=');
    return name.trim() === '' || rest.length === 0 ? [] : [[name.trim(), decode(rest.join('=').trim())]];
  });
  return Object.fromEntries(pairs);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
