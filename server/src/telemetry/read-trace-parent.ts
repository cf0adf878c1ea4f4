import type { SpanContext } from '@opentelemetry/api';

/** W3C's `traceparent`: version, trace, span, flags. Null: it is not there, or not one. */
export function readTraceParent(header: string | string[] | undefined): SpanContext | null {
  if (typeof header !== 'string') return null;
  const [, version, traceId = '', spanId = '', flags = '', rest] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header.trim()) ?? [];
  const isRead = version !== undefined && version !== 'ff' && !(version === '00' && rest !== undefined);
  if (!isRead || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}
