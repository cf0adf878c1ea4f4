import { type Access, needs, requireCaller } from '../access/index.ts';
import type { HttpServer } from '../http/index.ts';
import { configJsonSchema } from './json-schema.ts';
import type { OpenConfig } from './open-config.ts';

/** How the configuration stands, and the schema of pictor.yaml for editors, which holds no secret of anybody. */
export function addConfigRoutes(server: HttpServer, access: Access, config: OpenConfig): void {
  const schema = configJsonSchema(config.providers);
  server.get('/pictor.schema.json', needs('no-key'), async (_request, reply) =>
    reply.header('content-type', 'application/schema+json; charset=utf-8').send(JSON.stringify(schema)),
  );

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
