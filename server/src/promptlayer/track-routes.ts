import { type Caller, needs, requireKeyHolder } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpRequest, HttpServer } from '../http/index.ts';
import type { LoggedPrompt } from '../logs/index.ts';
import { toLinker } from './base-url.ts';
import { base, type PromptLayerParts } from './parts.ts';
import { readLogged, readTracked } from './read-call.ts';
import { toRequest } from './to-request.ts';
import { readBody, readInteger, readMetadata, readText, type Wire } from './wire.ts';

type Sent = HttpRequest<{ Body: unknown }>;

/** What clients tell of requests. The key comes in the body of most; a header counts before it. */
export function addTrackRoutes(server: HttpServer, parts: PromptLayerParts): void {
  const { logs } = parts;
  /** Routes that only tell something of a request: success, or what is wrong with it. */
  const telling = (paths: readonly string[], tell: (caller: Caller, body: Wire) => Promise<void>): void => {
    for (const path of paths) {
      server.post<{ Body: unknown }>(`${base}${path}`, needs('no-key'), async (request) => {
        const { caller, body } = await read(parts, request);
        await tell(caller, body);
        return { success: true, message: 'OK' };
      });
    }
  };

  server.post<{ Body: unknown }>(`${base}/track-request`, needs('no-key'), async (request) => {
    const { caller, body } = await read(parts, request);
    const call = readTracked(body, await findPrompt(parts, caller, body));
    const entry = await logs.tell(caller, withoutKey(body), call);
    const blueprint =
      body.return_prompt_blueprint === true ? await logs.blueprint(entry, toLinker(parts, request)) : null;
    return {
      success: true,
      request_id: entry.number,
      prompt_blueprint: blueprint,
      message: 'Request tracked successfully',
    };
  });

  server.post<{ Body: unknown }>(`${base}/log-request`, needs('no-key'), async (request, reply) => {
    const { caller, body } = await read(parts, request);
    const call = readLogged(body, await findPrompt(parts, caller, body));
    const entry = await logs.tell(caller, withoutKey(body), call);
    const score = readScore(body);
    if (score !== null) await logs.score(caller.projectId, entry.number, score);
    const shown = score === null ? entry : await logs.find(caller.projectId, entry.number);
    reply.code(201);
    return {
      success: true,
      ...toRequest(shown),
      prompt_id: await numberOf(parts, caller, shown.prompt?.id),
      prompt_version: shown.prompt?.version ?? null,
      prompt_blueprint: await logs.blueprint(shown, toLinker(parts, request)),
    };
  });

  telling(['/library-track-metadata', '/rest/track-metadata'], async (caller, body) => {
    const metadata = readMetadata(body.metadata);
    if (metadata === undefined) throw missing('metadata');
    await logs.change(caller.projectId, readId(body), { source: 'sdk', metadata });
  });
  telling(['/library-track-score', '/rest/track-score'], async (caller, body) => {
    const score = readScore(body);
    if (score === null) throw missing('score');
    await logs.score(caller.projectId, readId(body), score);
  });
  telling(['/library-track-group', '/track-group', '/rest/track-group'], async (caller, body) => {
    const group = readInteger(body.group_id);
    if (group === undefined) throw missing('group_id');
    await logs.change(caller.projectId, readId(body), { source: 'sdk', group });
  });
  telling(['/library-track-prompt', '/rest/track-prompt'], async (caller, body) => {
    const prompt = await readPrompt(parts, caller, body);
    await logs.change(caller.projectId, readId(body), { source: 'sdk', prompt });
  });
  server.post<{ Body: unknown }>(`${base}/create-group`, needs('no-key'), async (request) => {
    const { caller } = await read(parts, request);
    return { success: true, id: await logs.newGroup(caller.projectId) };
  });
}

async function read({ access }: PromptLayerParts, request: Sent): Promise<{ caller: Caller; body: Wire }> {
  const body = readBody(request.body);
  const caller = await requireKeyHolder(access, request, readText(body.api_key), ['generate', 'manage']);
  return { caller, body };
}

/** The key is nothing that a row may be made of. */
function withoutKey({ api_key: _key, ...body }: Wire): Wire {
  return body;
}

/** The prompt that a call names. One that is not there makes no call unheard: it was made, and paid. */
async function findPrompt(
  { prompts }: PromptLayerParts,
  { projectId }: Caller,
  body: Wire,
): Promise<LoggedPrompt | null> {
  const [number, name] = [readInteger(body.prompt_id), readText(body.prompt_name)];
  const wanted = number === undefined ? (name === undefined ? null : { name }) : { number };
  const prompt = wanted === null ? null : await prompts.lookUp(projectId, wanted);
  if (prompt === null) return null;
  return {
    id: prompt.id,
    name: prompt.name,
    version: readInteger(body.prompt_version ?? body.prompt_version_number ?? body.version) ?? null,
    label: readText(body.prompt_label ?? body.label) ?? null,
    variables: readBody(body.prompt_input_variables),
  };
}

/** The prompt that a request is told to come from: it must be there. */
async function readPrompt(parts: PromptLayerParts, caller: Caller, body: Wire): Promise<LoggedPrompt> {
  const name = readText(body.prompt_name);
  if (name === undefined) throw missing('prompt_name');
  const prompt = await parts.prompts.find(caller.projectId, { name });
  const label = readText(body.label);
  const { version } = await parts.prompts.pick(prompt, { version: readInteger(body.version), label });
  return {
    id: prompt.id,
    name: prompt.name,
    version: version.version,
    label: label ?? null,
    variables: readBody(body.prompt_input_variables),
  };
}

async function numberOf(
  parts: PromptLayerParts,
  caller: Caller,
  id: string | undefined,
): Promise<number | null> {
  const prompt = id === undefined ? null : await parts.prompts.lookUp(caller.projectId, { id });
  return prompt?.number ?? null;
}

/** Null: none was sent. */
function readScore(body: Wire): { readonly name: string; readonly value: number } | null {
  const { score } = body;
  if (score === undefined || score === null) return null;
  const value = typeof score === 'string' && score.trim() !== '' ? Number(score) : score;
  return {
    name: readText(body.name) ?? readText(body.score_name) ?? 'default',
    value: typeof value === 'number' ? value : Number.NaN,
  };
}

/** The number of a request; the ids of this server's own answers are taken as well. */
function readId(body: Wire): number | string {
  const id = body.request_id;
  const number = readInteger(id);
  if (number !== undefined) return number;
  if (typeof id === 'string' && id !== '') return id.replace(/^img-/, 'req_');
  throw missing('request_id');
}

function missing(param: string): PictorError {
  return new PictorError({
    code: 'missing_required_parameter',
    message: `Missing required parameter: '${param}'.`,
    param,
  });
}
