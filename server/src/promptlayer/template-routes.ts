import { needs, readSentKey, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpRequest, HttpServer } from '../http/index.ts';
import { type ChosenVersion, readName } from '../prompts/index.ts';
import { toBaseUrl } from './base-url.ts';
import { findFolder } from './folder-routes.ts';
import { base, type PromptLayerParts } from './parts.ts';
import { patchModel, patchTemplate } from './patch-version.ts';
import { readPublished } from './read-version.ts';
import { spellParameters } from './spell-parameters.ts';
import { fitToClient, toArguments, toMetadata, toRunnable, toVersion } from './to-template.ts';
import { readBody, readInteger, readMetadata, readText, readTexts, type Wire } from './wire.ts';

type Named = HttpRequest<{ Params: { '*': string }; Body: unknown; Querystring: Record<string, unknown> }>;

const templates = `${base}/prompt-templates`;
const published = `${base}/rest/prompt-templates`;

/** Templates: fetched to be run, listed, published, changed. Names stand in the path as they are, slashes too. */
export function addTemplateRoutes(server: HttpServer, parts: PromptLayerParts): void {
  server.post(
    `${templates}/*`,
    needs('read', 'generate'),
    async (request: Named) => await get(parts, request),
  );
  server.get(templates, needs('read', 'manage'), async (request: Named) => await list(parts, request));
  server.get(`${templates}/*`, needs('read', 'manage'), async (request: Named) => {
    const name = readPath(request);
    if (name.endsWith('/labels')) return await labels(parts, request, name.slice(0, -'/labels'.length));
    const usage = '/snippet-usage';
    if (name.endsWith(usage)) return await uses(parts, request, name.slice(0, -usage.length));
    return await show(parts, request, name);
  });
  server.post(published, needs('manage'), async (request: Named, reply) => {
    reply.code(201);
    return await publish(parts, request);
  });
  server.patch(`${published}/*`, needs('manage'), async (request: Named, reply) => {
    reply.code(201);
    return await patch(parts, request);
  });
}

async function get(parts: PromptLayerParts, request: Named): Promise<Wire> {
  const { projectId } = await requireCaller(parts.access, request);
  const body = readBody(request.body);
  const chosen = await parts.prompts.choose(projectId, readName(readPath(request)), readSelector(body));
  const model = changeModel(chosen, body);
  const endpoint = { url: `${toBaseUrl(parts, request)}/v1`, key: readSentKey(request) };
  if (body.skip_input_variable_rendering === true) {
    return toRunnable({ chosen, template: chosen.template, model, warning: null }, endpoint);
  }
  const { template, missing } = await parts.prompts.render(chosen.template, readBody(body.input_variables));
  const warning = missing.length === 0 ? null : `These input variables have no value: ${missing.join(', ')}.`;
  return toRunnable({ chosen, template, model, warning }, endpoint);
}

function readSelector(body: Wire) {
  return {
    version: readInteger(body.version),
    label: readText(body.label),
    metadata: readMetadata(body.metadata_filters),
  };
}

function changeModel({ version: { model } }: ChosenVersion, body: Wire): ChosenVersion['version']['model'] {
  const name = readText(body.model) ?? model?.name;
  if (name === undefined) return null;
  return {
    ...model,
    name,
    provider: readText(body.provider) ?? model?.provider ?? 'openai',
    parameters: { ...model?.parameters, ...spellParameters(readBody(body.model_parameter_overrides)) },
  };
}

const maxPerPage = 100;

async function list(parts: PromptLayerParts, request: Named): Promise<Wire> {
  const { projectId } = await requireCaller(parts.access, request);
  const { query } = request;
  const page = Math.max(1, readInteger(query.page) ?? 1);
  const perPage = Math.min(maxPerPage, Math.max(1, readInteger(query.per_page) ?? 30));
  const label = readText(query.label);
  const [search, tag] = [readText(query.name), readText(query.tags)];
  const { prompts, total } = await parts.prompts.list(projectId, {
    status: query.status === 'deleted' ? 'archived' : query.status === 'all' ? 'all' : 'active',
    ...(search === undefined ? {} : { search }),
    ...(tag === undefined ? {} : { tag }),
    ...(label === undefined ? {} : { label }),
    limit: perPage,
    offset: (page - 1) * perPage,
  });
  const pages = Math.ceil(total / perPage);
  const folders = await parts.prompts.folders(projectId);
  const items = [];
  for (const prompt of prompts) {
    const { version } = await parts.prompts.pick(prompt, { label });
    const chosen = { prompt, version, label: null, template: version.template, snippets: [] };
    items.push({
      ...toVersion(chosen, version.template),
      metadata: toMetadata(version.metadata, version.model),
      folder_id: folders.find((folder) => folder.path === prompt.folder)?.number ?? null,
      is_snippet: version.model === null,
      external_ids: [],
    });
  }
  return {
    items,
    page,
    pages,
    per_page: perPage,
    total,
    has_next: page < pages,
    has_prev: page > 1,
    next_num: page < pages ? page + 1 : null,
    prev_num: page > 1 ? page - 1 : null,
  };
}

async function show(parts: PromptLayerParts, request: Named, name: string): Promise<Wire> {
  const { projectId } = await requireCaller(parts.access, request);
  const { query } = request;
  const chosen = await parts.prompts.choose(projectId, readName(name), {
    version: readInteger(query.version),
    label: readText(query.label),
  });
  const { model, metadata, template: saved } = chosen.version;
  const template = query.resolve_snippets === 'false' ? saved : chosen.template;
  const wantsArguments = query.include_llm_kwargs === 'true' && model !== null;
  const fitted = fitToClient(template, model);
  return {
    success: true,
    ...toVersion(chosen, template),
    metadata: toMetadata(metadata, model),
    llm_kwargs: wantsArguments ? toArguments(fitted.template, model, fitted.apiType) : null,
  };
}

async function publish(parts: PromptLayerParts, request: Named): Promise<Wire> {
  const caller = await requireCaller(parts.access, request);
  const { folderNumber, ...wanted } = readPublished(request.body);
  const folder = await findFolder(parts, caller.projectId, folderNumber);
  return await save(parts, caller, { ...wanted, ...(folder === '' ? {} : { folder }) });
}

async function patch(parts: PromptLayerParts, request: Named): Promise<Wire> {
  const caller = await requireCaller(parts.access, request);
  const body = readBody(request.body);
  const prompt = await parts.prompts.find(caller.projectId, readName(readPath(request)));
  const { version } = await parts.prompts.pick(prompt, {
    version: readInteger(body.version),
    label: readText(body.label),
  });
  return await save(parts, caller, {
    name: prompt.name,
    tags: undefined,
    template: patchTemplate(version.template, body),
    model: patchModel(version.model, body),
    metadata: version.metadata,
    commitMessage: readText(body.commit_message),
    labels: readTexts(body.release_labels),
  });
}

type Saved = Parameters<PromptLayerParts['prompts']['save']>;

async function save(parts: PromptLayerParts, owner: Saved[0], wanted: Saved[1]): Promise<Wire> {
  const { prompt, version } = await parts.prompts.save(owner, wanted);
  return {
    id: prompt.number,
    prompt_name: prompt.name,
    prompt_version_id: version.number,
    version_number: version.version,
    tags: prompt.tags,
    prompt_template: version.template,
    metadata: toMetadata(version.metadata, version.model),
    commit_message: version.commitMessage,
    release_labels: wanted.labels ?? null,
    external_ids: [],
  };
}

async function labels(parts: PromptLayerParts, request: Named, name: string): Promise<Wire> {
  const { projectId } = await requireCaller(parts.access, request);
  const prompt = await parts.prompts.find(projectId, readName(name));
  const found = [];
  for (const label of await parts.prompts.labels([prompt])) {
    const { version } = await parts.prompts.pick(prompt, { version: label.version });
    found.push({
      prompt_version_id: version.number,
      prompt_version_number: label.version,
      release_label: label.name,
      release_label_id: label.number,
    });
  }
  return { success: true, release_labels: found };
}

async function uses(parts: PromptLayerParts, request: Named, name: string): Promise<Wire> {
  const { projectId } = await requireCaller(parts.access, request);
  const prompt = await parts.prompts.find(projectId, readName(name));
  const found = await parts.prompts.uses(prompt);
  const usage = found.map((use) => ({
    prompt_id: use.promptNumber,
    prompt_name: use.promptName,
    prompt_version_number: use.promptVersion,
    version: use.version,
    label: use.label,
    is_latest: use.isLatest,
  }));
  const byLabel = usage.filter((use) => use.label !== null);
  return {
    success: true,
    snippet_name: prompt.name,
    snippet_usage: usage,
    label_usage: byLabel,
    totals: { snippet_usage: usage.length, label_usage: byLabel.length },
  };
}

/** The name in the path. Clients do not encode it; what they make of `%` cannot be read at all. */
function readPath(request: Named): string {
  const name = request.params['*'].replace(/^\/+|\/+$/g, '');
  if (name !== '') return name;
  throw new PictorError({
    code: 'not_found',
    message: 'Name a prompt behind /prompt-templates/: its name, or its number.',
    param: 'prompt',
  });
}
