import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { type Log, newId, PictorError } from '../foundation/index.ts';
import { checkHost, checkOrigin } from './check-origin.ts';
import { type ErrorShape, openErrorReply } from './error-reply.ts';
import { noteRoutes } from './list-routes.ts';
import { openUnusedDropper } from './open-unused-dropper.ts';
import { parseJson } from './parse-json.ts';
import { sendPage } from './send-page.ts';

export type HttpServer = FastifyInstance;

export type HttpSettings = {
  readonly log: Log;
  readonly maxJsonBytes: number;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** How errors are written below some paths; everywhere else as OpenAI writes them. */
  readonly errorShapes?: readonly ErrorShape[];
  /** Knows errors of other rooms that are no fault of this server; null: it does not know this one. */
  readonly explain?: (error: unknown) => PictorError | null;
};

/** No request is cut by a timer of ours: pictures take minutes. Headers must still arrive in a minute. */
const headersTimeoutMs = 60_000;

/**
 * The web server with what holds for every route: one id per request, host and origin checks before
 * anything else, JSON bodies, and one way to answer errors.
 */
export function openServer(settings: HttpSettings): HttpServer {
  const sendError = openErrorReply(settings.errorShapes ?? []);
  const answers = new WeakMap<Socket, ServerResponse>();
  const server = fastify({
    loggerInstance: settings.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: settings.maxJsonBytes,
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 75_000,
    genReqId: () => newId('req'),
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: 600, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // Without the check for a Host header here, its lack is answered in the envelope, by checkHost.
    http: { headersTimeout: headersTimeoutMs, requireHostHeader: false },
    clientErrorHandler: (_error, socket) => answerBrokenRequest(socket, answers.get(socket)),
    frameworkErrors: (_error, request, reply) =>
      sendError(unreadableAddress(), request, withCommonHeaders(request, reply)),
  });
  // An expectation that nobody knows may be ignored; the built-in answer would be a 417 without a body.
  server.server.on('checkExpectation', (request, response) =>
    server.server.emit('request', request, response),
  );
  server.server.prependListener('request', (request, response) => answers.set(request.socket, response));
  const dropUnused = openUnusedDropper(server.server);
  noteRoutes(server);
  server.addHook('preClose', async () => dropUnused());
  server.addHook('onRequest', async (request, reply) => {
    withCommonHeaders(request, reply);
    checkHost(request, settings.allowedHosts);
    checkOrigin(request, reply, settings.allowedOrigins);
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    // Clients name the type even where they send nothing, as to routes that take no body.
    async (_request: unknown, body: unknown) =>
      (body as Buffer).length === 0 ? undefined : parseJson(body as Buffer),
  );
  // Forms are read as they arrive, by the route that wants them: see read-multipart.ts.
  server.addContentTypeParser('multipart/form-data', async () => undefined);
  server.setErrorHandler((error, request, reply) =>
    sendError(isExplained(error, request) ? error : (settings.explain?.(error) ?? error), request, reply),
  );
  server.setNotFoundHandler((request, reply) => {
    if (sendPage(request, reply)) return reply;
    const error = new PictorError({
      code: 'route_not_found',
      message: `There is no ${request.method} ${request.url.split('?')[0]?.slice(0, 200)} here.`,
    });
    return sendError(error, request, reply);
  });
  return server;
}

/**
 * An error of the catalogue says what happened, whatever caused it: a provider's lost connection looks like any other.
 * And where the caller's own connection broke, it broke nothing else.
 */
function isExplained(error: unknown, request: FastifyRequest): boolean {
  return error instanceof PictorError || Boolean(request.raw.errored);
}

function withCommonHeaders(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
}

/** The address holds a broken percent escape, or a part that is longer than any id. */
function unreadableAddress(): PictorError {
  return new PictorError({
    code: 'route_not_found',
    message: 'The address of this request cannot be read: its percent escapes are broken, or it is too long.',
  });
}

/**
 * Bytes that are no HTTP get a plain answer and a closed connection; the parser's own message stays inside. Where an
 * answer is on its way already, or was announced as the last, nothing may come behind it: the connection just ends.
 */
function answerBrokenRequest(socket: Socket, answer: ServerResponse | undefined): void {
  if (!socket.writable) return;
  if (answer?.headersSent === true) {
    if (!answer.writableFinished) return void socket.destroy();
    if (!answer.shouldKeepAlive) return void socket.end();
  }
  const body = JSON.stringify({
    error: {
      message: 'This is not an HTTP request that can be read.',
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_http',
    },
  });
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
