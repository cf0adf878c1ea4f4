import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { HttpServer } from './open-server.ts';

const distFolder = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

/** No foreign script, style, frame or form; pictures come from here or from memory. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the built web app at `/`. The page itself asks whether there is a session, and shows sign-in if not. */
export async function addWebApp(server: HttpServer): Promise<void> {
  if (!existsSync(distFolder)) {
    server.get('/', async (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .send('Pictor is running. The web app is not built: start it with npm start.\n'),
    );
    return;
  }
  await server.register(fastifyStatic, {
    root: distFolder,
    wildcard: false,
    index: 'index.html',
    setHeaders: (reply, path) => {
      const hashed = path.includes('/assets/');
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      reply.header('content-security-policy', contentSecurityPolicy);
      reply.header('referrer-policy', 'no-referrer');
    },
  });
}
