import { type Access, needs, requireCaller } from '../access/index.ts';
import type { HttpServer } from '../http/index.ts';
import { configJsonSchema } from './json-schema.ts';
import type { OpenConfig } from './open-config.ts';

/** The schema of pictor.yaml for editors, open to everybody: it holds nothing of this server. */
export function addSchemaRoute(server: HttpServer, config: OpenConfig): void {
  const schema = JSON.stringify(configJsonSchema(config.providers));
  server.get('/pictor.schema.json', needs('no-key'), async (_request, reply) =>
    reply.header('content-type', 'application/schema+json; charset=utf-8').send(schema),
  );
}

/** How the configuration stands, for operators. */
export function addConfigRoutes(server: HttpServer, access: Access, config: OpenConfig): void {
  server.get('/api/config', needs('root'), async (request, reply) => {
    await requireCaller(access, request);
    const { file, status, loadedAt, error } = config.status();
    return reply.header('cache-control', 'no-store').send({
      object: 'config',
      file,
      status,
      loaded_at: Math.floor(loadedAt.getTime() / 1000),
      error: error === null ? null : { message: error.message, at: Math.floor(error.at.getTime() / 1000) },
    });
  });
}
