import type { FastifyReply, FastifyRequest } from 'fastify';
import { PictorError } from '../foundation/index.ts';

/** How errors are written below a path, for wires whose clients read another envelope than OpenAI's. */
export type ErrorShape = {
  readonly path: string;
  readonly write: (error: PictorError) => Record<string, unknown>;
};

type SendError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Sends errors in the shape that holds for the path of the request. */
export function openErrorReply(shapes: readonly ErrorShape[]): SendError {
  return (error, request, reply) => {
    const path = request.url.replaceAll(/\/{2,}/g, '/');
    const shape = shapes.find((each) => path === each.path || path.startsWith(`${each.path}/`));
    return sendError(error, request, reply, shape);
  };
}

/**
 * The one place where an error becomes an answer. What is not in the catalogue is a fault of ours: it is
 * logged whole and answered as `internal_error`, without its text.
 */
function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  shape: ErrorShape | undefined,
): FastifyReply {
  const known = toPictorError(error);
  if (known.status >= 500) request.log.error({ err: error, request: request.id }, 'request failed');
  if (known.facts.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(known.facts.retryAfterSeconds));
  // The official clients repeat 409, 429 and 5xx by themselves, unless this header says otherwise.
  if (known.facts.retrySafe !== undefined) reply.header('x-should-retry', String(known.facts.retrySafe));
  if (known.status === 401) reply.header('www-authenticate', 'Bearer');
  const extensions = request.headers['x-pictor-extensions'] !== 'off';
  const body = shape === undefined ? errorBody(known, extensions) : shape.write(known);
  return reply.code(known.status).type('application/json; charset=utf-8').send(body);
}

/**
 * `{error}` as every wire of OpenAI has it, with Pictor's own facts beside it where there are any. `extensions` false:
 * the caller wants nothing beside OpenAI's own fields.
 */
export function errorBody(error: PictorError, extensions: boolean): Record<string, unknown> {
  return {
    error: error.toEnvelope(),
    ...(error.facts.pictor === undefined || !extensions ? {} : { pictor: error.facts.pictor }),
  };
}

/** Any thrown thing to an error of the catalogue. */
function toPictorError(error: unknown): PictorError {
  if (error instanceof PictorError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new PictorError({
        code: 'request_too_large',
        message:
          'The body is larger than this server accepts. Send images by multipart or file_id, or raise PICTOR_MAX_JSON_BYTES.',
        cause: error,
      });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new PictorError({
        code: 'unsupported_content_type',
        message:
          'This route does not read that content type. Send application/json, or multipart/form-data where files are accepted.',
        cause: error,
      });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_BAD_URL':
    case 'ECONNRESET':
      return new PictorError({
        code: 'invalid_json',
        message: 'The request could not be read to its end.',
        cause: error,
      });
    default:
      return new PictorError({
        code: 'internal_error',
        message: 'Pictor failed to answer this request. The log has the details under its request id.',
        cause: error,
      });
  }
}
