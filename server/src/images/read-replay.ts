import { type ReplayBody, replayBody } from '@pictor/api';
import { requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import { type HttpRequest, readParameters } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import type { PromptSource } from '../prompts/index.ts';
import { type ListedRequest, type Requests, toRequestId } from '../requests/index.ts';
import type { Asked } from './planned-job.ts';
import { type AskedParts, endpoints } from './read-asked.ts';
import { readIdempotencyKey, readParameterMode, readTags } from './read-headers.ts';
import { readJsonBody } from './read-json-body.ts';
import { resolveInput } from './resolve-input.ts';

export type ReplayParts = AskedParts & { readonly requests: Pick<Requests, 'find'> };

const paths: Readonly<Record<JobKind, string>> = {
  generate: '/v1/images/generations',
  edit: '/v1/images/edits',
  vary: '/v1/images/variations',
};

/** They say how an answer travels, not what is made: the new caller says that anew. */
const ofDelivery: readonly string[] = ['stream', 'partial_images', 'response_format'];

/**
 * A request that was made before, asked for again from its row: with the pictures that went in, as it was or with
 * what the body changes. Another model need not have every parameter: those that it lacks are left out and told,
 * unless the caller chooses a mode. Throws `not_found` where the request or one of its pictures is gone.
 */
export async function readReplay(parts: ReplayParts, request: HttpRequest, id: string): Promise<Asked> {
  const caller = await requireCaller(parts.access, request);
  const body = readParameters(replayBody, request.body ?? {});
  const row = await parts.requests.find(caller.projectId, toRequestId(id));
  if (row === null) throw notFound('There is no request with this id in your project.');
  const tags = readTags(request.headers);
  const mode = readParameterMode(request.headers);
  const changesModel = body.model !== undefined && body.model !== row.model;
  return {
    requestId: request.id,
    caller,
    path: Object.values(paths).includes(row.route) ? row.route : paths[row.kind],
    kind: row.kind,
    endpoint: endpoints[row.kind],
    parameters: readAgain(row, body),
    ...(await readPictures(parts, row)),
    mode: mode ?? (changesModel ? 'lenient' : undefined),
    idempotencyKey: readIdempotencyKey(request.headers),
    tags: tags.length === 0 ? row.tags : tags,
    savedPrompt: body.prompt === undefined ? savedPromptOf(row) : null,
    replayOf: row.id,
  };
}

function readAgain(row: ListedRequest, body: ReplayBody): Asked['parameters'] {
  const left = new Set([...ofDelivery, ...(body.without ?? [])]);
  const kept = Object.entries(row.parameters).filter(([name]) => !left.has(name));
  const { parameters, images, mask } = readJsonBody({
    ...Object.fromEntries(kept),
    model: row.model,
    ...(row.prompt === '' ? {} : { prompt: row.prompt }),
    ...body.parameters,
    ...(body.model === undefined ? {} : { model: body.model }),
    ...(body.prompt === undefined ? {} : { prompt: body.prompt }),
  });
  if (images.length === 0 && mask === undefined && parameters.prompt_template === undefined)
    return parameters;
  throw new PictorError({
    code: 'unknown_parameter',
    message:
      'The pictures and the saved prompt of a request stay as they were: send a new request to change them.',
    param: 'parameters',
  });
}

async function readPictures(parts: ReplayParts, row: ListedRequest): Promise<Pick<Asked, 'images' | 'mask'>> {
  const bring = async (image: ListedRequest['images'][number], param: string) => {
    if (!(await parts.store.has(image.hash))) throw withoutPicture();
    const from = { type: 'upload', hash: image.hash, byteCount: image.byte_count } as const;
    return await resolveInput(parts, { param, from }, row.project_id);
  };
  const inputs = row.images.filter((image) => image.role === 'input');
  const [mask] = row.images.filter((image) => image.role === 'mask');
  const isWhole = inputs.every((image, index) => image.position === index);
  const isMissing = row.kind !== 'generate' && inputs.length === 0;
  if (!isWhole || isMissing || (row.has_mask && mask === undefined)) throw withoutPicture();
  const images = [];
  for (const [index, image] of inputs.entries()) images.push(await bring(image, `image[${index}]`));
  return { images, ...(mask === undefined ? {} : { mask: await bring(mask, 'mask') }) };
}

function savedPromptOf(row: ListedRequest): PromptSource | null {
  const { prompt_id: id, prompt_name: name, prompt_version: version } = row;
  if (id === null || name === null || version === null) return null;
  return { id, name, version, label: row.prompt_label, variables: row.prompt_variables ?? {} };
}

function withoutPicture(): PictorError {
  return notFound('A picture that went into this request is gone, so it cannot be sent again as it was.');
}

function notFound(message: string): PictorError {
  return new PictorError({ code: 'not_found', message, param: 'id', retrySafe: false });
}
