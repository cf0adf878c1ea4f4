import type { Span } from '../logs/index.ts';
import { isWire, readBody, readText, type Wire } from './wire.ts';

/** Spans of POST /spans-bulk. `secret` is the caller's own key, which clients write into them as well. */
export function readBulkSpans(body: Wire, secret: string | null): readonly Span[] {
  const spans = Array.isArray(body.spans) ? body.spans.filter(isWire) : [];
  return spans.flatMap((span): Span[] => {
    const context = readBody(span.context);
    const status = readBody(span.status);
    const [traceId, spanId] = [readText(context.trace_id), readText(context.span_id)];
    if (traceId === undefined || spanId === undefined) return [];
    return [
      {
        traceId,
        spanId,
        parentSpanId: readText(span.parent_id) ?? null,
        name: readText(span.name) ?? 'span',
        status: status.status_code === 'StatusCode.ERROR' ? 'ERROR' : 'OK',
        errorMessage: readText(status.description) ?? null,
        attributes: clean(readBody(span.attributes), secret),
        startedAt: readNanoseconds(span.start_time) ?? new Date(),
        finishedAt: readNanoseconds(span.end_time) ?? null,
      },
    ];
  });
}

/** Spans of OpenTelemetry's JSON. */
export function readOtlpSpans(body: Wire, secret: string | null): readonly Span[] {
  return list(body.resourceSpans)
    .flatMap((resource) => list(resource.scopeSpans))
    .flatMap((scope) => list(scope.spans))
    .flatMap((span): Span[] => {
      const status = readBody(span.status);
      const [traceId, spanId] = [readText(span.traceId), readText(span.spanId)];
      if (traceId === undefined || spanId === undefined) return [];
      return [
        {
          traceId,
          spanId,
          parentSpanId: readText(span.parentSpanId) ?? null,
          name: readText(span.name) ?? 'span',
          status: status.code === 2 || status.code === 'STATUS_CODE_ERROR' ? 'ERROR' : 'OK',
          errorMessage: readText(status.message) ?? null,
          attributes: clean(readAttributes(span.attributes), secret),
          startedAt: readNanoseconds(span.startTimeUnixNano) ?? new Date(),
          finishedAt: readNanoseconds(span.endTimeUnixNano) ?? null,
        },
      ];
    });
}

function readAttributes(value: unknown): Wire {
  return Object.fromEntries(
    list(value).flatMap(({ key, value: held }) => (typeof key === 'string' ? [[key, readValue(held)]] : [])),
  );
}

function readValue(value: unknown): unknown {
  if (!isWire(value)) return null;
  if (isWire(value.arrayValue)) return list(value.arrayValue.values).map(readValue);
  return value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue ?? null;
}

/** Without bytes of pictures and without the key: both stand within texts that hold whole answers as JSON. */
function clean(attributes: Wire, secret: string | null): Wire {
  const scrub = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const text = secret === null || secret === '' ? value : value.replaceAll(secret, '(key)');
      return text.replaceAll(/[A-Za-z0-9+/_-]{256,}={0,2}/g, '(picture)').slice(0, 20_000);
    }
    if (Array.isArray(value)) return value.map(scrub);
    if (!isWire(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, scrub(member)]));
  };
  return readBody(scrub(attributes));
}

function readNanoseconds(value: unknown): Date | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{13,25}$/.test(text)) return undefined;
  return new Date(Number(BigInt(text) / 1_000_000n));
}

function list(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? value.filter(isWire) : [];
}
