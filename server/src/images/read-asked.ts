import { type Access, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpRequest } from '../http/index.ts';
import type { Endpoint, JobKind } from '../models/index.ts';
import type { Prompts } from '../prompts/index.ts';
import { fillBody } from './fill-body.ts';
import type { ReadBody } from './input-source.ts';
import type { Asked } from './planned-job.ts';
import { readFormBody } from './read-form-body.ts';
import { readIdempotencyKey, readParameterMode, readTags } from './read-headers.ts';
import { readJsonBody } from './read-json-body.ts';
import { type InputParts, resolveInput } from './resolve-input.ts';

export type AskedParts = InputParts & {
  readonly access: Access;
  readonly prompts: Pick<Prompts, 'choose' | 'render'>;
};

export const endpoints: Readonly<Record<JobKind, Endpoint>> = {
  generate: 'images.generations',
  edit: 'images.edits',
  vary: 'images.variations',
};

/** More pictures than any model takes. A JSON body could name a million of them, and each is stored and decoded. */
const maxPictures = 40;

/**
 * Understands a request of the Images API, JSON or multipart: who asks, for what, with which pictures. The key is
 * checked before the body is read. A generation that brings pictures is an edit, as gateways have it.
 */
export async function readAsked(parts: AskedParts, request: HttpRequest, routeKind: JobKind): Promise<Asked> {
  const caller = await requireCaller(parts.access, request);
  const mode = readParameterMode(request.headers);
  const idempotencyKey = readIdempotencyKey(request.headers);
  const tags = readTags(request.headers);
  const sent = isForm(request) ? await readFormBody(request, parts.store) : readJsonBody(request.body);
  const body = await fillBody(parts.prompts, caller.projectId, sent);
  const kind = routeKind === 'generate' && body.images.length > 0 ? 'edit' : routeKind;
  refuseLoneMask(kind, body);
  refuseTooMany(body);
  const images = [];
  for (const source of body.images) images.push(await resolveInput(parts, source, caller.projectId));
  const mask = body.mask === undefined ? undefined : await resolveInput(parts, body.mask, caller.projectId);
  return {
    requestId: request.id,
    caller,
    path: request.routeOptions.url ?? request.url,
    kind,
    endpoint: endpoints[kind],
    parameters: body.parameters,
    images,
    ...(mask === undefined ? {} : { mask }),
    mode,
    idempotencyKey,
    tags,
    savedPrompt: body.savedPrompt,
    warnings: body.warnings,
  };
}

function isForm(request: HttpRequest): boolean {
  return request.headers['content-type']?.toLowerCase().startsWith('multipart/form-data') ?? false;
}

/** Before any of them is looked at; each model's own limit is checked once the model is known. */
function refuseTooMany({ images }: ReadBody): void {
  if (images.length <= maxPictures) return;
  throw new PictorError({
    code: 'too_many_images',
    message: `${images.length} pictures were sent, which is more than any model takes.`,
    param: 'image',
  });
}

function refuseLoneMask(kind: JobKind, body: ReadBody): void {
  if (body.mask === undefined || kind !== 'edit' || body.images.length > 0) return;
  throw new PictorError({
    code: 'missing_required_parameter',
    message: 'A mask needs the image that it belongs to.',
    param: 'image',
  });
}
