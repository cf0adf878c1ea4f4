import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span as SdkSpan, SpanContext } from '@opentelemetry/api';
import type { Log } from '../foundation/index.ts';
import type { Attributes, Measure } from './instruments.ts';
import { openMeter } from './open-meter.ts';
import { openRegistry } from './open-registry.ts';
import { openTracer } from './open-tracer.ts';
import { readTelemetrySettings } from './read-settings.ts';

/** A piece of work while it goes on. */
export type Span = {
  readonly set: (attributes: Attributes) => void;
  /** It failed, and with what: a short word such as a code. */
  readonly fail: (errorType: string) => void;
};

export type SpanOptions = {
  /** `client`: it calls a service. Default: `internal`. */
  readonly kind?: 'internal' | 'client';
  readonly attributes?: Attributes;
};

/** A span that begins and ends in different places, and the work that belongs to it. */
export type OpenSpan = Span & {
  readonly rename: (name: string) => void;
  /** Runs work whose spans belong below this one. */
  readonly run: <T>(work: () => T) => T;
  readonly end: () => void;
  /** 32 hexadecimal digits; null: nothing is traced. */
  readonly traceId: string | null;
};

export type Telemetry = {
  /** Runs work as a span below the one that runs now. What it throws ends the span as failed, and is thrown on. */
  readonly span: <T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>) => Promise<T>;
  /** Opens the span of an incoming request, below its caller's where that one is known. */
  readonly openServerSpan: (name: string, parent: SpanContext | null, attributes: Attributes) => OpenSpan;
  readonly measure: Measure;
  /** Everything that was measured, in the text format of Prometheus. */
  readonly writeMetrics: () => string;
  /** May prompts stand in spans? */
  readonly capturesContent: boolean;
  /** Sends what is left. Never rejects. */
  readonly close: () => Promise<void>;
};

export type TelemetryParts = {
  readonly variable: (name: string) => string | undefined;
  readonly version: string;
  readonly log: Log;
};

/** Numbers of the kinds of spans, as the wire has them. */
const spanKinds = { internal: 0, server: 1, client: 2 } as const;
const statusError = 2;

/** Opens spans and metrics. Without an exporter, spans cost nothing and metrics are only counted for /metrics. */
export async function openTelemetry({ variable, version, log }: TelemetryParts): Promise<Telemetry> {
  const settings = readTelemetrySettings(variable);
  const [open, meter] = await Promise.all([
    openTracer({ settings, version }),
    openMeter({ settings, version }),
  ]);
  const registry = openRegistry();
  const current = new AsyncLocalStorage<SpanContext>();

  const begin = (
    name: string,
    kind: keyof typeof spanKinds,
    parent: SpanContext | null,
    attributes: Attributes,
  ): OpenSpan => {
    if (open === null) return silent;
    const span = open.tracer.startSpan(name, { kind: spanKinds[kind], attributes }, open.under(parent));
    return toOpenSpan(span, current);
  };

  return {
    capturesContent: settings.capturesContent,
    span: async (name, { kind = 'internal', attributes = {} }, work) => {
      const span = begin(name, kind, current.getStore() ?? null, attributes);
      try {
        return await span.run(() => work(span));
      } catch (error) {
        span.fail(error instanceof Error ? error.name : 'unknown');
        throw error;
      } finally {
        span.end();
      }
    },
    openServerSpan: (name, parent, attributes) => begin(name, 'server', parent, attributes),
    measure: (name, value, attributes) => {
      registry.measure(name, value, attributes);
      meter?.measure(name, value, attributes);
    },
    writeMetrics: registry.write,
    close: async () => {
      const closed = await Promise.allSettled([open?.close(), meter?.close()]);
      for (const each of closed) {
        if (each.status === 'rejected') log.warn({ err: each.reason }, 'telemetry could not be sent');
      }
    },
  };
}

const silent: OpenSpan = {
  set: () => undefined,
  fail: () => undefined,
  rename: () => undefined,
  run: (work) => work(),
  end: () => undefined,
  traceId: null,
};

function toOpenSpan(span: SdkSpan, current: AsyncLocalStorage<SpanContext>): OpenSpan {
  let failed = false;
  return {
    set: (attributes) => void span.setAttributes({ ...attributes }),
    // The first word for a failure is the closest to it.
    fail: (errorType) => {
      if (failed) return;
      failed = true;
      span.setAttribute('error.type', errorType);
      span.setStatus({ code: statusError });
    },
    rename: (name) => void span.updateName(name),
    run: (work) => current.run(span.spanContext(), work),
    end: () => span.end(),
    traceId: span.spanContext().traceId,
  };
}
