import { cleanJson, cleanText } from '../../database/index.ts';
import type { Sql } from '../rows/log-queries.ts';
import type { Wire } from '../wire.ts';

/** A step of a trace, as OpenTelemetry has it. */
export type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly status: 'OK' | 'ERROR';
  readonly errorMessage: string | null;
  /** Without bytes of pictures. */
  readonly attributes: Wire;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
};

export async function insertSpans(sql: Sql, projectId: string, spans: readonly Span[]): Promise<void> {
  await sql.transaction().execute(async (transaction) => {
    for (const span of spans) {
      const row = {
        parent_span_id: span.parentSpanId,
        name: cleanText(span.name),
        status: span.status,
        error_message: span.errorMessage === null ? null : cleanText(span.errorMessage),
        attributes: JSON.stringify(cleanJson(span.attributes)),
        started_at: span.startedAt,
        finished_at: span.finishedAt,
      };
      await transaction
        .insertInto('request_spans')
        .values({
          project_id: projectId,
          trace_id: cleanText(span.traceId),
          span_id: cleanText(span.spanId),
          created_at: new Date(),
          ...row,
        })
        .onConflict((conflict) => conflict.columns(['project_id', 'trace_id', 'span_id']).doUpdateSet(row))
        .execute();
    }
  });
}

/** The steps of a trace, first ones first. None: there is no such trace. */
export async function listSpans(sql: Sql, projectId: string, traceId: string): Promise<Span[]> {
  const rows = await sql
    .selectFrom('request_spans')
    .where('project_id', '=', projectId)
    .where('trace_id', '=', cleanText(traceId))
    .orderBy('started_at')
    .selectAll()
    .execute();
  return rows.map((row) => ({
    traceId: row.trace_id,
    spanId: row.span_id,
    parentSpanId: row.parent_span_id,
    name: row.name,
    status: row.status,
    errorMessage: row.error_message,
    attributes: row.attributes,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }));
}
