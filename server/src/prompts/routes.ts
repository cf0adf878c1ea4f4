import { labelChange, newPrompt, newPromptVersion, promptChange, renderBody } from '@pictor/api';
import { type Access, type Caller, needs, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import { type HttpRequest, type HttpServer, readParameters } from '../http/index.ts';
import type { Prompts } from './open-prompts.ts';
import { readListQuery } from './read-list-query.ts';
import { readName } from './read-name.ts';
import { addRegistryRoutes } from './registry-routes.ts';
import { toLabelView, toList, toMoveView, toPromptView, toUseView, toVersionView } from './to-views.ts';
import { diffVersions } from './versions/diff-versions.ts';
import type { Prompt, PromptVersion } from './versions/prompt.ts';

type ByPrompt = { Params: { prompt: string } };
type ByVersion = { Params: { prompt: string; version: string } };
type ByLabel = { Params: { prompt: string; label: string }; Querystring: Record<string, unknown> };
type WithQuery = { Querystring: Record<string, unknown> };

type Parts = { readonly access: Access; readonly prompts: Prompts };

/** The registry: prompts, versions, labels. A prompt is named by id, number, or name in the address. */
export function addPromptRoutes(server: HttpServer, parts: Parts): void {
  addPrompts(server, parts);
  addVersions(server, parts);
  addLabels(server, parts);
  addRegistryRoutes(server, parts);
}

function addPrompts(server: HttpServer, { access, prompts }: Parts): void {
  const { find, show, showVersion } = toFinders(access, prompts);

  server.get<WithQuery>('/api/prompts', needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { prompts: found, total } = await prompts.list(projectId, readListQuery(request.query));
    const [labels, newest] = [await prompts.labels(found), await prompts.newest(found)];
    return { ...toList(found.map((prompt) => toPromptView(prompt, labels, newest))), total };
  });

  server.post<{ Body: unknown }>('/api/prompts', needs('manage'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const body = readParameters(newPrompt, request.body);
    const saved = await prompts.save(caller, { ...body, ...toNewVersion(body), isNew: true });
    reply.code(201);
    return { ...(await show(saved.prompt)), current: await showVersion(saved.version) };
  });

  server.get<ByPrompt>('/api/prompts/:prompt', needs('read', 'manage'), async (request) => {
    const { prompt } = await find(request);
    const { version } = await prompts.pick(prompt, {});
    return { ...(await show(prompt)), current: await showVersion(version) };
  });

  server.patch<ByPrompt & { Body: unknown }>('/api/prompts/:prompt', needs('manage'), async (request) => {
    const { archived, ...change } = readParameters(promptChange, request.body);
    const { caller, prompt } = await find(request);
    const archivedAt = archived === undefined ? {} : { archivedAt: archived ? new Date() : null };
    return await show(await prompts.change(caller.projectId, prompt.id, { ...change, ...archivedAt }));
  });

  server.post<ByPrompt & { Body: unknown }>(
    '/api/prompts/:prompt/render',
    needs('read', 'generate'),
    async (request) => {
      const { variables = {}, ...selector } = readParameters(renderBody, request.body ?? {});
      const { projectId } = await requireCaller(access, request);
      const chosen = await prompts.choose(projectId, readName(request.params.prompt), selector);
      const rendered = await prompts.render(chosen.template, variables);
      return {
        object: 'prompt.rendering',
        prompt: chosen.prompt.id,
        version: chosen.version.version,
        label: chosen.label,
        template: rendered.template,
        model: chosen.version.model,
        snippets: chosen.snippets,
        missing: rendered.missing,
        unknown: rendered.unknown,
      };
    },
  );

  server.get<ByPrompt>('/api/prompts/:prompt/uses', needs('read', 'manage'), async (request) => {
    const { prompt } = await find(request);
    return toList((await prompts.uses(prompt)).map(toUseView));
  });
}

function addVersions(server: HttpServer, { access, prompts }: Parts): void {
  const { find, showVersion } = toFinders(access, prompts);

  server.get<ByPrompt>('/api/prompts/:prompt/versions', needs('read', 'manage'), async (request) => {
    const { prompt } = await find(request);
    const versions = await prompts.versions(prompt);
    const names = await prompts.keyNames(versions.map(({ keyId }) => keyId));
    return toList(versions.map((version) => toVersionView(version, names)));
  });

  server.post<ByPrompt & { Body: unknown }>(
    '/api/prompts/:prompt/versions',
    needs('manage'),
    async (request, reply) => {
      const body = readParameters(newPromptVersion, request.body);
      const { caller, prompt } = await find(request);
      const { version } = await prompts.save(caller, { name: prompt.name, ...toNewVersion(body) });
      reply.code(201);
      return await showVersion(version);
    },
  );

  server.get<ByVersion>(
    '/api/prompts/:prompt/versions/:version',
    needs('read', 'manage'),
    async (request) => {
      const { prompt } = await find(request);
      const version = readVersion(request.params.version, 'version');
      return await showVersion((await prompts.pick(prompt, { version })).version);
    },
  );

  server.get<ByPrompt & WithQuery>('/api/prompts/:prompt/diff', needs('read', 'manage'), async (request) => {
    const { prompt } = await find(request);
    const pick = async (name: 'from' | 'to'): Promise<PromptVersion> =>
      (await prompts.pick(prompt, { version: readVersion(request.query[name], name) })).version;
    return { object: 'prompt.diff', ...diffVersions(await pick('from'), await pick('to')) };
  });
}

function addLabels(server: HttpServer, { access, prompts }: Parts): void {
  const { find } = toFinders(access, prompts);

  server.get<ByPrompt>('/api/prompts/:prompt/labels', needs('read', 'manage'), async (request) => {
    const { prompt } = await find(request);
    return toList((await prompts.labels([prompt])).map(toLabelView));
  });

  server.get<ByPrompt>('/api/prompts/:prompt/history', needs('read', 'manage'), async (request) => {
    const { prompt } = await find(request);
    const moves = await prompts.moves(prompt);
    const names = await prompts.keyNames(moves.map(({ keyId }) => keyId));
    return toList(moves.map((move) => toMoveView(move, names)));
  });

  server.put<ByLabel & { Body: unknown }>(
    '/api/prompts/:prompt/labels/:label',
    needs('manage'),
    async (request) => {
      const body = readParameters(labelChange, request.body);
      const { caller, prompt } = await find(request);
      const { split } = body;
      const label = await prompts.setLabel(caller, prompt, {
        name: request.params.label,
        version: body.version,
        isProtected: body.protected,
        split: split === undefined ? null : { ...split, stickyBy: split.sticky_by ?? null },
        confirm: body.confirm ?? false,
      });
      return toLabelView(label);
    },
  );

  server.delete<ByLabel>('/api/prompts/:prompt/labels/:label', needs('manage'), async (request) => {
    const { caller, prompt } = await find(request);
    await prompts.removeLabel(caller, prompt, request.params.label, request.query.confirm === 'true');
    return { object: 'prompt.label', name: request.params.label, deleted: true };
  });
}

function toFinders(access: Access, prompts: Prompts) {
  return {
    find: async (request: HttpRequest<ByPrompt>): Promise<{ caller: Caller; prompt: Prompt }> => {
      const caller = await requireCaller(access, request);
      return { caller, prompt: await prompts.find(caller.projectId, readName(request.params.prompt)) };
    },
    show: async (prompt: Prompt) =>
      toPromptView(prompt, await prompts.labels([prompt]), await prompts.newest([prompt])),
    showVersion: async (version: PromptVersion) =>
      toVersionView(version, await prompts.keyNames([version.keyId])),
  };
}

/** The members of a body in the registry's words. */
function toNewVersion(body: ReturnType<typeof newPromptVersion.parse>) {
  return {
    template: body.template,
    model: body.model ?? null,
    metadata: body.metadata,
    commitMessage: body.commit_message,
    labels: body.labels,
  };
}

function readVersion(text: unknown, param: string): number {
  if (typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new PictorError({
    code: 'invalid_value',
    message: `${param} must be the number of a version, from 1.`,
    param,
  });
}
