import { rerunBody } from '@pictor/api';
import { needs, requireCaller } from '../access/index.ts';
import { type HttpRequest, type HttpServer, readParameters } from '../http/index.ts';
import { readRowsQuery } from './read-query.ts';
import { type EvaluationRoutesParts, toNano } from './routes.ts';
import type { Run } from './runs/run.ts';
import { toRowView } from './to-views.ts';

type ByRun = { Params: { run: string } };
type ByRow = { Params: { run: string; row: string } };
type WithBody = { Body: unknown };
type WithQuery = { Querystring: Record<string, unknown> };

const path = '/api/evaluation-runs';

/** One run: its progress, its grid, its end, and cells that run again. */
export function addRunRoutes(server: HttpServer, { access, evaluations }: EvaluationRoutesParts): void {
  const { grid, runs } = evaluations;
  const find = async (request: HttpRequest<ByRun>): Promise<Run> => {
    const { projectId } = await requireCaller(access, request);
    return await runs.find(projectId, request.params.run);
  };

  server.get<ByRun>(`${path}/:run`, needs('read', 'manage'), async (request) => {
    return await evaluations.view(await find(request));
  });

  server.delete<ByRun>(`${path}/:run`, needs('manage'), async (request, reply) => {
    await runs.remove(await find(request));
    return reply.code(204).send();
  });

  server.post<ByRun & WithBody>(`${path}/:run/cancel`, needs('generate', 'manage'), async (request) => {
    return await evaluations.view(await runs.cancel(await find(request)));
  });

  server.post<ByRun & WithBody>(`${path}/:run/rerun`, needs('generate'), async (request) => {
    const body = readParameters(rerunBody, request.body);
    const run = await find(request);
    const { cost_cap: costCap, ...wish } = body;
    return await evaluations.view(await evaluations.rerun(run, { ...wish, costCapNanoUsd: toNano(costCap) }));
  });

  server.get<ByRun & WithQuery>(`${path}/:run/rows`, needs('read', 'manage'), async (request, reply) => {
    const { filter, page } = readRowsQuery(request.query);
    const run = await find(request);
    const { rows, total } = await grid.rows(run, filter, page);
    return reply.header('cache-control', 'no-store').send({
      object: 'list',
      data: rows.map(({ facts, row }) => toRowView(run, row, facts)),
      total,
      offset: page.offset,
    });
  });

  server.get<ByRow>(`${path}/:run/rows/:row`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const run = await runs.find(projectId, request.params.run);
    const { facts, row } = await grid.row(run, request.params.row);
    return toRowView(run, row, facts);
  });
}
