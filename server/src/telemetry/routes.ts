import { type Access, needs, requireCaller } from '../access/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { OpenSpan, Telemetry } from './open-telemetry.ts';
import { readTraceParent } from './read-trace-parent.ts';

/** What asks all the time and says nothing has no spans. */
const untracedPaths: readonly string[] = ['/healthz', '/metrics'];

/** Every request becomes a span and a measurement, and one line of the log at the level `info`. */
export function traceRequests(server: HttpServer, telemetry: Telemetry): void {
  const spans = new WeakMap<object, OpenSpan>();

  server.addHook('onRequest', (request, reply, done) => {
    const startedAt = performance.now();
    const { method } = request;
    const route = request.routeOptions.url;
    const isTraced = route !== undefined && !untracedPaths.includes(route);
    const span = isTraced
      ? telemetry.openServerSpan(`${method} ${route}`, readTraceParent(request.headers.traceparent), {
          'http.request.method': method,
          'http.route': route,
          'url.scheme': request.protocol,
          'pictor.request.id': request.id,
        })
      : null;
    if (span !== null) spans.set(request, span);
    telemetry.measure('http.server.active_requests', 1, { 'http.request.method': method });
    // Also where the caller left before the end of the answer.
    reply.raw.once('close', () => {
      const status = reply.raw.statusCode;
      const durationMs = performance.now() - startedAt;
      const facts = {
        'http.request.method': method,
        'http.route': route ?? 'none',
        'http.response.status_code': status,
      };
      telemetry.measure('http.server.active_requests', -1, { 'http.request.method': method });
      telemetry.measure('http.server.request.duration', durationMs / 1000, facts);
      span?.set({ 'http.response.status_code': status });
      if (status >= 500) span?.fail(String(status));
      span?.end();
      const traced = span === null || span.traceId === null ? {} : { trace: span.traceId };
      const line = {
        request: request.id,
        method,
        route,
        status,
        durationMs: Math.round(durationMs),
        ...traced,
      };
      request.log.info(line, 'answered');
    });
    if (span === null) done();
    else span.run(done);
  });

  // Bodies arrive from the socket, which knows nothing of the span; from here on it is known again.
  server.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) done();
    else span.run(done);
  });
}

/** Sums over all projects, which one project's key must not see. */
export function addTelemetryRoutes(
  server: HttpServer,
  { access, telemetry }: { readonly access: Access; readonly telemetry: Telemetry },
): void {
  server.get('/metrics', needs('root'), async (request, reply) => {
    await requireCaller(access, request);
    return reply
      .header('cache-control', 'no-store')
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(telemetry.writeMetrics());
  });
}
