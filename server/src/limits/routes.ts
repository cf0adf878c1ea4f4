import { type Access, needs, requireCaller } from '../access/index.ts';
import { askDatabase } from '../database/index.ts';
import { newId, PictorError } from '../foundation/index.ts';
import type { HttpRequest, HttpServer } from '../http/index.ts';
import type { RateCounter } from './count-rate.ts';
import type { SpendCounter } from './count-spend.ts';
import type { Limits } from './open-limits.ts';
import { hasKey } from './queries.ts';
import { readBudget, readBudgetChange, readRate, readRateChange } from './read-limits.ts';
import type { LimitsDatabase } from './tables.ts';
import { toBudgetView, toRateView } from './to-views.ts';

export type LimitParts = {
  readonly access: Access;
  readonly database: LimitsDatabase;
  readonly limits: Limits;
};

type ById = { Params: { id: string } };

/** More would make every request slower for all. */
const maxPerProject = 100;

/** Every answer of this scope tells its caller's limits, as soon as some are set. */
export function tellLimits(scope: HttpServer, access: Access, limits: Limits): void {
  scope.addHook('onSend', async (request, reply) => {
    const caller = await requireCaller(access, request).catch(() => null);
    if (caller !== null) reply.headers(limits.headers(caller, new Date()));
  });
}

/** Budgets and rate limits of the caller's project and of its keys. */
export function addLimitRoutes(server: HttpServer, parts: LimitParts): void {
  addBudgetRoutes(server, parts);
  addRateRoutes(server, parts);
}

function addBudgetRoutes(server: HttpServer, parts: LimitParts): void {
  const { access, limits } = parts;
  const find = async (request: HttpRequest<ById>): Promise<SpendCounter> => {
    const caller = await requireCaller(access, request);
    const found = limits.budgets(caller.projectId).find(({ budget }) => budget.id === request.params.id);
    if (found === undefined) throw notFound('budget');
    return found;
  };

  server.post<{ Body: unknown }>('/api/budgets', needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const wanted = readBudget(request.body);
    await checkNew(parts, projectId, wanted.keyId, limits.budgets(projectId).length);
    const budget = { id: newId('bud'), projectId, createdAt: new Date(), ...wanted };
    const counter = await askDatabase(limits.saveBudget(budget));
    return reply.header('cache-control', 'no-store').send(toBudgetView(counter, new Date()));
  });

  server.get('/api/budgets', needs('read', 'manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const data = limits.budgets(projectId).map((counter) => toBudgetView(counter, new Date()));
    return reply.header('cache-control', 'no-store').send({ object: 'list', data });
  });

  server.get<ById>('/api/budgets/:id', needs('read', 'manage'), async (request, reply) =>
    reply.header('cache-control', 'no-store').send(toBudgetView(await find(request), new Date())),
  );

  server.patch<ById & { Body: unknown }>('/api/budgets/:id', needs('manage'), async (request, reply) => {
    const { budget } = await find(request);
    const counter = await askDatabase(limits.saveBudget(readBudgetChange(request.body, budget)));
    return reply.header('cache-control', 'no-store').send(toBudgetView(counter, new Date()));
  });

  server.delete<ById>('/api/budgets/:id', needs('manage'), async (request) => {
    const { budget } = await find(request);
    await askDatabase(limits.removeBudget(budget.id));
    return { id: budget.id, object: 'budget', deleted: true };
  });
}

function addRateRoutes(server: HttpServer, parts: LimitParts): void {
  const { access, limits } = parts;
  const find = async (request: HttpRequest<ById>): Promise<RateCounter> => {
    const caller = await requireCaller(access, request);
    const found = limits.rates(caller.projectId).find(({ limit }) => limit.id === request.params.id);
    if (found === undefined) throw notFound('rate limit');
    return found;
  };

  server.post<{ Body: unknown }>('/api/limits', needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const wanted = readRate(request.body);
    await checkNew(parts, projectId, wanted.keyId, limits.rates(projectId).length);
    const limit = { id: newId('lim'), projectId, createdAt: new Date(), ...wanted };
    const counter = await askDatabase(limits.saveRate(limit));
    return reply.header('cache-control', 'no-store').send(toRateView(counter, new Date()));
  });

  server.get('/api/limits', needs('read', 'manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const data = limits.rates(projectId).map((counter) => toRateView(counter, new Date()));
    return reply.header('cache-control', 'no-store').send({ object: 'list', data });
  });

  server.get<ById>('/api/limits/:id', needs('read', 'manage'), async (request, reply) =>
    reply.header('cache-control', 'no-store').send(toRateView(await find(request), new Date())),
  );

  server.patch<ById & { Body: unknown }>('/api/limits/:id', needs('manage'), async (request, reply) => {
    const { limit } = await find(request);
    const counter = await askDatabase(limits.saveRate(readRateChange(request.body, limit)));
    return reply.header('cache-control', 'no-store').send(toRateView(counter, new Date()));
  });

  server.delete<ById>('/api/limits/:id', needs('manage'), async (request) => {
    const { limit } = await find(request);
    await askDatabase(limits.removeRate(limit.id));
    return { id: limit.id, object: 'rate_limit', deleted: true };
  });
}

/** A key must be the project's own, and what is checked for every request must stay short. */
async function checkNew(
  parts: LimitParts,
  projectId: string,
  keyId: string | null,
  count: number,
): Promise<void> {
  if (count >= maxPerProject) {
    throw new PictorError({
      code: 'invalid_value',
      message: `A project has ${maxPerProject} of these at most. Delete one first.`,
    });
  }
  if (keyId === null || (await askDatabase(hasKey(parts.database, projectId, keyId)))) return;
  throw new PictorError({
    code: 'not_found',
    message: 'There is no key with this id in your project.',
    param: 'key_id',
  });
}

function notFound(noun: 'budget' | 'rate limit'): PictorError {
  return new PictorError({
    code: 'not_found',
    message: `There is no ${noun} with this id in your project.`,
    param: 'id',
  });
}
