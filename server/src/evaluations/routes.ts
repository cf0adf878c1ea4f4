import { evaluationChange, evaluationEstimateBody, newEvaluation, newEvaluationRun } from '@pictor/api';
import { z } from 'zod';
import { type Access, needs, requireCaller } from '../access/index.ts';
import type { HttpServer } from '../http/index.ts';
import { readParameters } from '../http/index.ts';
import type { Evaluations } from './open-evaluations.ts';
import { readWhole, readWord } from './read-query.ts';
import { toEstimateView, toEvaluationView } from './to-views.ts';

type ById = { Params: { id: string } };
type WithBody = { Body: unknown };
type WithQuery = { Querystring: Record<string, unknown> };

export type EvaluationRoutesParts = { readonly access: Access; readonly evaluations: Evaluations };

const path = '/api/evaluations';

/** Evaluations, what a run would cost, and their runs. */
export function addDefinitionRoutes(
  server: HttpServer,
  { access, evaluations }: EvaluationRoutesParts,
): void {
  const { definitions } = evaluations;

  server.get('/api/checks', needs('read', 'manage'), async (request) => {
    await requireCaller(access, request);
    const data = evaluations.checks.map(({ options, ...check }) => ({
      object: 'check',
      ...check,
      options: z.toJSONSchema(options, { io: 'input' }),
    }));
    return { object: 'list', data };
  });

  server.get(path, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const found = await definitions.list(projectId);
    const runs = await evaluations.lastRuns(found);
    return {
      object: 'list',
      data: found.map((evaluation) => toEvaluationView(evaluation, runs.get(evaluation.id) ?? null)),
    };
  });

  server.post<WithBody>(path, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const body = readParameters(newEvaluation, request.body);
    const made = await definitions.create(projectId, {
      ...body,
      datasetVersion: body.dataset_version,
      costCapNanoUsd: toNano(body.cost_cap),
    });
    return reply.code(201).send(toEvaluationView(made, null));
  });

  server.get<ById>(`${path}/:id`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const evaluation = await definitions.find(projectId, request.params.id);
    const runs = await evaluations.lastRuns([evaluation]);
    return toEvaluationView(evaluation, runs.get(evaluation.id) ?? null);
  });

  server.patch<ById & WithBody>(`${path}/:id`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const body = readParameters(evaluationChange, request.body);
    const changed = await definitions.update(projectId, request.params.id, {
      ...body,
      datasetVersion: body.dataset_version === 'latest' ? null : body.dataset_version,
      costCapNanoUsd: body.cost_cap === 'none' ? null : toNano(body.cost_cap),
    });
    const runs = await evaluations.lastRuns([changed]);
    return toEvaluationView(changed, runs.get(changed.id) ?? null);
  });

  server.delete<ById>(`${path}/:id`, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    await definitions.remove(projectId, request.params.id);
    return reply.code(204).send();
  });
}

export function addRunStartRoutes(server: HttpServer, { access, evaluations }: EvaluationRoutesParts): void {
  const { definitions, runs } = evaluations;

  server.post<ById & WithBody>(`${path}/:id/estimate`, needs('generate'), async (request) => {
    const caller = await requireCaller(access, request);
    const body = readParameters(evaluationEstimateBody, request.body ?? {});
    const evaluation = await definitions.find(caller.projectId, request.params.id);
    const wish = { datasetVersion: body.dataset_version, overrides: body.prompts, rowLimit: body.rows };
    const { columns, rows } = await evaluations.estimate(caller, evaluation, wish);
    return toEstimateView(rows, columns);
  });

  server.post<ById & WithBody>(`${path}/:id/runs`, needs('generate'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const body = readParameters(newEvaluationRun, request.body ?? {});
    const evaluation = await definitions.find(caller.projectId, request.params.id);
    const run = await runs.start(caller, evaluation, {
      name: body.name,
      datasetVersion: body.dataset_version,
      overrides: body.prompts,
      rowLimit: body.rows,
      costCapNanoUsd: toNano(body.cost_cap),
      concurrency: body.concurrency,
    });
    return reply.code(201).send(await evaluations.view(run));
  });

  server.get<ById & WithQuery>(`${path}/:id/runs`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const limit = readWhole(request.query, 'limit', 1, 100) ?? 20;
    const after = readWord(request.query, 'cursor');
    const evaluation = await definitions.find(projectId, request.params.id);
    const found = await evaluations.listRuns(evaluation, { limit: limit + 1, after });
    const shown = found.slice(0, limit);
    const data = [];
    for (const run of shown) data.push(await evaluations.view(run));
    const hasMore = found.length > limit;
    return {
      object: 'list',
      data,
      has_more: hasMore,
      next_cursor: hasMore ? (shown.at(-1)?.id ?? null) : null,
    };
  });
}

/** Undefined stays undefined. */
export function toNano(usd: number | undefined): number | undefined {
  return usd === undefined ? undefined : Math.round(usd * 1e9);
}
