import { needs, readSentKey, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpServer } from '../http/index.ts';
import { base, type PromptLayerParts } from './parts.ts';
import { readBulkSpans, readOtlpSpans } from './read-spans.ts';
import { readBody } from './wire.ts';

/** Spans of traces, in the form of either generation of clients. */
export function addTraceRoutes(server: HttpServer, { access, logs }: PromptLayerParts): void {
  server.post<{ Body: unknown }>(
    `${base}/spans-bulk`,
    needs('generate', 'manage'),
    async (request, reply) => {
      const { projectId } = await requireCaller(access, request);
      await logs.keepSpans(projectId, readBulkSpans(readBody(request.body), readSentKey(request)));
      reply.code(201);
      return { success: true };
    },
  );

  server.post<{ Body: unknown }>(`${base}/v1/traces`, needs('generate', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    await logs.keepSpans(projectId, readOtlpSpans(readBody(request.body), readSentKey(request)));
    return { partialSuccess: {} };
  });

  server.get<{ Params: { id: string } }>(
    `${base}/api/public/v2/traces/:id`,
    needs('read'),
    async (request) => {
      const { projectId } = await requireCaller(access, request);
      const spans = await logs.spans(projectId, request.params.id);
      if (spans.length === 0) throw noTrace();
      return {
        success: true,
        trace_id: request.params.id,
        spans: spans.map((span) => ({
          span_id: span.spanId,
          parent_id: span.parentSpanId,
          name: span.name,
          status: span.status,
          error_message: span.errorMessage,
          attributes: span.attributes,
          start_time: span.startedAt.toISOString(),
          end_time: span.finishedAt?.toISOString() ?? null,
        })),
      };
    },
  );
}

function noTrace(): PictorError {
  return new PictorError({
    code: 'not_found',
    message: 'There is no trace with this id in your project.',
    param: 'id',
  });
}
