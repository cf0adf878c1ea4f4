import type { HttpServer } from '../http/index.ts';
import type { Access } from './open-access.ts';
import { readNewProject, readProjectChange } from './read-project.ts';
import { needs } from './scopes.ts';
import { toProjectView } from './to-views.ts';

type ById = { Params: { id: string } };

/** Projects, which are the root key's business. What deletes one stands in the room `retention`. */
export function addProjectRoutes(server: HttpServer, { projects }: Pick<Access, 'projects'>): void {
  server.post<{ Body: unknown }>('/api/projects', needs('root'), async (request) =>
    toProjectView(await projects.create(readNewProject(request.body))),
  );

  server.get('/api/projects', needs('root'), async (_request, reply) => {
    const data = projects.list().map(toProjectView);
    return reply.header('cache-control', 'no-store').send({ object: 'list', data, has_more: false });
  });

  server.get<ById>('/api/projects/:id', needs('root'), async (request, reply) =>
    reply.header('cache-control', 'no-store').send(toProjectView(projects.get(request.params.id))),
  );

  server.patch<ById & { Body: unknown }>('/api/projects/:id', needs('root'), async (request) =>
    toProjectView(await projects.update(request.params.id, readProjectChange(request.body))),
  );
}
