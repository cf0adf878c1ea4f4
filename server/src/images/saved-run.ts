import { type ErrorCode, errorCatalogue, PictorError, toUsd } from '../foundation/index.ts';
import type { ListedRequest } from '../requests/index.ts';
import type { Answer } from './answer.ts';
import type { JobRun, JobUpdate, Outcome } from './job-run.ts';
import type { StoredImage } from './stored-image.ts';
import { type ToldUpstream, tellUpstream } from './upstream.ts';

/**
 * A finished request as the run that it was, built from its rows: the same updates in the same order, with the same
 * outcome. Null: the row says that it still runs.
 */
export function savedRun(request: ListedRequest): JobRun | null {
  const outcome = savedOutcome(request);
  if (outcome === null) return null;
  const partials = request.images.filter((image) => image.role === 'partial').toSorted(byTime);
  const updates: JobUpdate[] = [
    ...partials.map((image) => ({
      type: 'partial' as const,
      partialIndex: image.position % 10,
      image: toStored(image),
    })),
    { type: 'done', outcome },
  ];
  return {
    requestId: request.id,
    done: Promise.resolve(outcome),
    cancel: () => undefined,
    updates: async function* () {
      yield* updates;
    },
  };
}

function savedOutcome(request: ListedRequest): Outcome | null {
  const upstream = { requestId: request.upstream_request_id, headers: request.upstream_headers ?? {} };
  if (request.status === 'running') return null;
  if (request.answer === null)
    return { status: 'failed', upstream, error: savedError(request, tellUpstream(upstream)) };
  // The row was written by this room from an Answer, so it is one.
  const answer = request.answer as unknown as Answer;
  const kept = new Set(request.images.map((image) => image.id));
  if (answer.images.every((image) => kept.has(image.id))) return { status: 'succeeded', upstream, answer };
  return { status: 'failed', upstream, error: withoutPictures() };
}

/** The project keeps requests longer than their pictures. */
function withoutPictures(): PictorError {
  return new PictorError({
    code: 'not_found',
    message:
      'The pictures of this request are gone: they were deleted, or were older than its project keeps them.',
    param: 'id',
    retrySafe: false,
  });
}

/** The error as it was answered the first time. */
function savedError(request: ListedRequest, upstream: ToldUpstream | undefined): PictorError {
  const { code, message, param, type: _type, ...details } = request.error ?? {};
  return new PictorError({
    code: isErrorCode(code) ? code : 'internal_error',
    message: typeof message === 'string' ? message : 'This request failed.',
    retrySafe: false,
    ...(typeof param === 'string' ? { param } : {}),
    ...(Object.keys(details).length === 0 ? {} : { details }),
    pictor: {
      request: request.id,
      engine: request.engine,
      model: request.model_id,
      cost: toUsd(request.cost_nano_usd),
      ...(upstream === undefined ? {} : { upstream }),
      adjustments: request.adjustments,
      warnings: request.warnings,
    },
  });
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code);
}

type ImageRow = ListedRequest['images'][number];

function byTime(a: ImageRow, b: ImageRow): number {
  return a.id < b.id ? -1 : 1;
}

function toStored(image: ImageRow): StoredImage {
  return {
    id: image.id,
    position: image.role === 'partial' ? Math.floor(image.position / 10) : image.position,
    hash: image.hash,
    mediaType: image.media_type,
    byteCount: image.byte_count,
    width: image.width,
    height: image.height,
    applied: (image.applied ?? {}) as StoredImage['applied'],
  };
}
