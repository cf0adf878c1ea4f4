import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type Log, newId, PictorError } from '../foundation/index.ts';
import { checkHost, checkOrigin } from './check-origin.ts';
import { sendError } from './error-reply.ts';
import { parseJson } from './parse-json.ts';

export type HttpServer = FastifyInstance;

export type HttpSettings = {
  readonly log: Log;
  readonly maxJsonBytes: number;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
};

/** No request is cut by a timer of ours: pictures take minutes. Headers must still arrive in a minute. */
const headersTimeoutMs = 60_000;

/**
 * The web server with what holds for every route: one id per request, host and origin checks before
 * anything else, JSON bodies, and one way to answer errors.
 */
export function openServer(settings: HttpSettings): HttpServer {
  const server = fastify({
    loggerInstance: settings.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: settings.maxJsonBytes,
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 75_000,
    genReqId: () => newId('req'),
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    http: { headersTimeout: headersTimeoutMs },
    clientErrorHandler: answerBrokenRequest,
  });
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    checkHost(request, settings.allowedHosts);
    checkOrigin(request, reply, settings.allowedOrigins);
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: unknown) => parseJson(body as Buffer),
  );
  // Forms are read as they arrive, by the route that wants them: see read-multipart.ts.
  server.addContentTypeParser('multipart/form-data', async () => undefined);
  server.setErrorHandler((error, request, reply) => sendError(error, request, reply));
  server.setNotFoundHandler((request, reply) => {
    const error = new PictorError({
      code: 'route_not_found',
      message: `There is no ${request.method} ${request.url.split('?')[0]?.slice(0, 200)} here.`,
    });
    return sendError(error, request, reply);
  });
  return server;
}

/** Bytes that are no HTTP get a plain answer and a closed connection; the parser's own message stays inside. */
function answerBrokenRequest(_error: Error, socket: import('node:net').Socket): void {
  if (!socket.writable) return;
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
