import { needs, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpRequest, HttpServer } from '../http/index.ts';
import { type Label, readName } from '../prompts/index.ts';
import { base, type PromptLayerParts } from './parts.ts';
import { readBody, readInteger, readText, type Wire } from './wire.ts';

type ById = { Params: { id: string }; Body: unknown };

/** Release labels, which this wire knows by number. A split of traffic stays as it is when its label moves. */
export function addLabelRoutes(server: HttpServer, parts: PromptLayerParts): void {
  const { access, prompts } = parts;

  server.post<ById>(`${base}/prompts/:id/label`, needs('manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const body = readBody(request.body);
    const prompt = await prompts.find(caller.projectId, readName(request.params.id));
    const name = readText(body.name);
    if (name === undefined) throw missing('name');
    const version = readVersion(body);
    const label = await prompts.setLabel(caller, prompt, { name, version, split: null, confirm: false });
    reply.code(201);
    return await toView(parts, label, caller.projectId);
  });

  server.patch<ById>(`${base}/prompt-labels/:id`, needs('manage'), async (request) => {
    const { caller, label } = await findLabel(parts, request);
    const prompt = await prompts.find(caller.projectId, { id: label.promptId });
    const moved = { name: label.name, version: readVersion(readBody(request.body)), confirm: false };
    return await toView(parts, await prompts.setLabel(caller, prompt, moved), caller.projectId);
  });

  server.delete<ById>(`${base}/prompt-labels/:id`, needs('manage'), async (request, reply) => {
    const { caller, label } = await findLabel(parts, request);
    const prompt = await prompts.find(caller.projectId, { id: label.promptId });
    await prompts.removeLabel(caller, prompt, label.name, false);
    return reply.code(204).send();
  });
}

async function findLabel({ access, prompts }: PromptLayerParts, request: HttpRequest<ById>) {
  const caller = await requireCaller(access, request);
  const number = readInteger(request.params.id);
  const label = number === undefined ? null : await prompts.labelByNumber(caller.projectId, number);
  if (label !== null) return { caller, label };
  throw new PictorError({
    code: 'not_found',
    message: 'There is no label with this id in your project.',
    param: 'id',
  });
}

async function toView({ prompts }: PromptLayerParts, label: Label, projectId: string): Promise<Wire> {
  const prompt = await prompts.find(projectId, { id: label.promptId });
  const { version } = await prompts.pick(prompt, { version: label.version });
  return {
    success: true,
    id: label.number,
    name: label.name,
    prompt_id: prompt.number,
    prompt_version_id: version.number,
    prompt_version_number: label.version,
    created_at: label.createdAt.toISOString(),
  };
}

function readVersion(body: Wire): number {
  const version = readInteger(body.prompt_version_number);
  if (version === undefined) throw missing('prompt_version_number');
  return version;
}

function missing(param: string): PictorError {
  return new PictorError({
    code: 'missing_required_parameter',
    message: `Missing required parameter: '${param}'.`,
    param,
  });
}
