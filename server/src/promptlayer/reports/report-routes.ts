import type { EvaluationColumn } from '@pictor/api';
import { type Access, needs, requireCaller } from '../../access/index.ts';
import type { Datasets } from '../../datasets/index.ts';
import type { Evaluation, Evaluations, Run } from '../../evaluations/index.ts';
import { PictorError } from '../../foundation/index.ts';
import type { HttpServer } from '../../http/index.ts';
import { base } from '../parts.ts';
import { isWire, readBody, readInteger, readText, readTexts } from '../wire.ts';
import { toColumn } from './to-column.ts';

type ById = { Params: { id: string } };
type WithBody = { Body: unknown };

export type ReportParts = {
  readonly access: Access;
  readonly datasets: Datasets;
  readonly evaluations: Evaluations;
};

/** A report is an evaluation, and so is each run of it: both have numbers of one count. */
type Report = { readonly evaluation: Evaluation; readonly run: Run | null };

/** PromptLayer's reports, as far as pictures need them. */
export function addReportRoutes(server: HttpServer, parts: ReportParts): void {
  addDefinitions(server, parts);
  addColumns(server, parts);
  addResults(server, parts);
}

function addDefinitions(server: HttpServer, parts: ReportParts): void {
  const { access, datasets, evaluations } = parts;

  server.post<WithBody>(`${base}/reports`, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const body = readBody(request.body);
    const dataset = await datasets.find(projectId, readInteger(body.dataset_group_id) ?? 0);
    const columns: EvaluationColumn[] = [];
    for (const column of Array.isArray(body.columns) ? body.columns : []) {
      columns.push(readColumn(column, columns));
    }
    const name = readText(body.name) ?? `Report ${new Date().toISOString()}`;
    const made = await evaluations.definitions.create(projectId, { name, dataset: dataset.id, columns });
    return reply.code(201).send({ success: true, report_id: made.number });
  });

  server.post<ById & WithBody>(`${base}/reports/:id/run`, needs('generate'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const { evaluation } = await findReport(parts, caller.projectId, request.params.id);
    const body = readBody(request.body);
    const run = await evaluations.runs.start(caller, evaluation, { name: readText(body.name) });
    return reply.code(201).send({ success: true, report_id: run.number });
  });

  server.patch<ById & WithBody>(`${base}/reports/:id/score-card`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { evaluation } = await findReport(parts, projectId, request.params.id);
    const body = readBody(request.body);
    if (body.code !== undefined) throw invalid('A score of one’s own code is a column of code here.', 'code');
    const steps = (readTexts(body.column_names) ?? []).map((column) => ({ column }));
    await evaluations.definitions.update(projectId, evaluation.id, { scorecard: { steps } });
    return { success: true, report_id: evaluation.number };
  });

  server.delete<ById>(`${base}/reports/:id`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { evaluation, run } = await findReport(parts, projectId, request.params.id);
    if (run === null) await evaluations.definitions.remove(projectId, evaluation.id);
    else await evaluations.runs.remove(run);
    return { success: true };
  });
}

function addColumns(server: HttpServer, parts: ReportParts): void {
  const { access, evaluations } = parts;

  server.post<WithBody>(`${base}/report-columns`, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const body = readBody(request.body);
    const { evaluation } = await findReport(parts, projectId, String(readInteger(body.report_id) ?? ''));
    const at = Math.min(readInteger(body.position) ?? evaluation.columns.length, evaluation.columns.length);
    const column = readColumn(body, evaluation.columns.slice(0, at));
    const columns: readonly EvaluationColumn[] = evaluation.columns;
    const changed = await evaluations.definitions.update(projectId, evaluation.id, {
      columns: [...columns.slice(0, at), column, ...columns.slice(at)],
    });
    const added = changed.columns[at];
    return reply.code(201).send({ success: true, report_column_id: columnId(changed, added?.id ?? '') });
  });

  server.delete<ById>(`${base}/report-columns/:id`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const [number = '', id = ''] = request.params.id.split(/-(.*)/s);
    const { evaluation } = await findReport(parts, projectId, number);
    const columns = evaluation.columns.filter((column) => column.id !== id);
    if (columns.length === evaluation.columns.length) throw noReport();
    // A step without its column scores nothing.
    const steps = (evaluation.scorecard?.steps ?? []).filter((step) =>
      columns.some(({ name }) => name === step.column),
    );
    const scorecard = evaluation.scorecard === null ? {} : { scorecard: { ...evaluation.scorecard, steps } };
    await evaluations.definitions.update(projectId, evaluation.id, { columns, ...scorecard });
    return { success: true };
  });
}

function addResults(server: HttpServer, parts: ReportParts): void {
  const { access, evaluations } = parts;

  server.get<ById>(`${base}/reports/:id`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const report = await findReport(parts, projectId, request.params.id);
    const { evaluation, run } = report;
    const view = run === null ? null : await evaluations.view(run);
    const isOver = view === null || (view.status !== 'queued' && view.status !== 'running');
    const { done = 0, failed = 0, queued = 0, running = 0, skipped = 0, waiting = 0 } = view?.progress ?? {};
    return {
      success: true,
      report: { id: run?.number ?? evaluation.number, name: run?.name ?? evaluation.name },
      status: isOver ? 'COMPLETED' : 'RUNNING',
      stats: {
        status_counts: {
          COMPLETED: done,
          FAILED: failed + skipped,
          QUEUED: queued + waiting,
          RUNNING: running,
        },
      },
      report_columns: (run ?? evaluation).columns.map((column, position) => ({
        id: columnId(evaluation, column.id),
        name: column.name,
        column_type: column.type.toUpperCase(),
        position,
      })),
    };
  });

  server.get<ById>(`${base}/reports/:id/score`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { run } = await findReport(parts, projectId, request.params.id);
    const view = run === null ? null : await evaluations.view(run);
    const steps = view?.steps ?? [];
    const percent = (score: number | null): number | null => (score === null ? null : score * 100);
    return {
      success: true,
      score: {
        overall_score: percent(view?.score ?? null),
        score_type: steps.length === 0 ? 'none' : steps.length === 1 ? 'single_column' : 'multi_column',
        has_custom_scoring: false,
        details: {
          columns: steps.map(({ score, title }) => ({ column_name: title, score: percent(score) })),
        },
      },
    };
  });
}

/** By the number of an evaluation or of a run. Throws `not_found`. */
async function findReport({ evaluations }: ReportParts, projectId: string, id: string): Promise<Report> {
  const number = readInteger(id);
  if (number === undefined) throw noReport();
  const run = await evaluations.runs.find(projectId, number).catch(absent);
  if (run === null) {
    const evaluation = await evaluations.definitions.find(projectId, number).catch(absent);
    if (evaluation === null) throw noReport();
    return { evaluation, run };
  }
  return { evaluation: await evaluations.definitions.find(projectId, run.evaluationId), run };
}

function absent(error: unknown): null {
  if (error instanceof PictorError && error.code === 'not_found') return null;
  throw error;
}

function readColumn(column: unknown, before: readonly EvaluationColumn[]): EvaluationColumn {
  const body = readBody(column);
  const type = readText(body.column_type);
  const name = readText(body.name);
  if (type === undefined || name === undefined)
    throw invalid('A column has column_type and name.', 'column_type');
  const pictures = before.findLast((each) => each.type === 'prompt_template')?.name ?? null;
  return toColumn(
    { type, name, configuration: isWire(body.configuration) ? body.configuration : {} },
    pictures,
  );
}

/** Columns have ids within their evaluation only. */
function columnId(evaluation: Evaluation, id: string): string {
  return `${evaluation.number}-${id}`;
}

function noReport(): PictorError {
  return new PictorError({
    code: 'not_found',
    message: 'There is no report with this id in your workspace.',
    param: 'report_id',
  });
}

function invalid(message: string, param: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param });
}
