import { newGate } from '@pictor/api';
import { needs, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import { type HttpServer, readParameters } from '../http/index.ts';
import type { Gate } from './gates/gate.ts';
import type { EvaluationRoutesParts } from './routes.ts';

type ById = { Params: { id: string } };
type WithBody = { Body: unknown };

const path = '/api/evaluations/:id/gates';

/** Prompts whose new versions an evaluation is held against. */
export function addGateRoutes(server: HttpServer, { access, evaluations }: EvaluationRoutesParts): void {
  const { definitions, gates } = evaluations;

  server.get<ById>(path, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const evaluation = await definitions.find(projectId, request.params.id);
    return { object: 'list', data: (await gates.list(evaluation)).map(toGateView) };
  });

  server.post<ById & WithBody>(path, needs('manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    // Its runs act for this key, and they make pictures.
    if (!caller.scopes.includes('generate')) throw mayNotGenerate();
    const wish = readParameters(newGate, request.body);
    const evaluation = await definitions.find(caller.projectId, request.params.id);
    return reply.code(201).send(toGateView(await gates.create(caller, evaluation, wish)));
  });

  server.delete<{ Params: { id: string; gate: string } }>(
    `${path}/:gate`,
    needs('manage'),
    async (request, reply) => {
      const { projectId } = await requireCaller(access, request);
      const evaluation = await definitions.find(projectId, request.params.id);
      await gates.remove(evaluation, request.params.gate);
      return reply.code(204).send();
    },
  );
}

function toGateView(gate: Gate) {
  return {
    id: gate.id,
    object: 'evaluation.gate',
    evaluation: gate.evaluationId,
    prompt: gate.promptId,
    labels: gate.labels,
    run_on_new_version: gate.runsOnNewVersion,
    minimum: gate.minimum,
    judges: gate.judges,
    created_at: Math.floor(gate.createdAt.getTime() / 1000),
  };
}

function mayNotGenerate(): PictorError {
  return new PictorError({
    code: 'missing_scope',
    message:
      'A gate runs evaluations in the name of the key that makes it, so the key needs the scope generate.',
  });
}
