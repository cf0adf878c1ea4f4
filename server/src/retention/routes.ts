import { needs, type Projects, readRetention, toProjectView } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { RetentionRoom } from './open-retention.ts';
import type { ProjectRemoval, Removal } from './removal.ts';

type ById = { Params: { id: string } };

/** How old things go, and how a whole project goes: the root key's business, as projects are. */
export function addRetentionRoutes(
  server: HttpServer,
  { projects, retention }: { readonly projects: Projects; readonly retention: RetentionRoom },
): void {
  server.post<ById & { Body: unknown }>(
    '/api/projects/:id/retention/preview',
    needs('root'),
    async (request) => {
      const { id } = request.params;
      const removal = await retention.preview(id, readRetention(request.body));
      return { object: 'retention.preview', project: id, ...toRemovalView(removal) };
    },
  );

  server.post<ById>('/api/projects/:id/retention/run', needs('root'), async (request) => {
    const { id } = request.params;
    return { object: 'retention.run', project: id, ...toRemovalView(await retention.run(id)) };
  });

  server.delete<ById & { Querystring: Record<string, unknown> }>(
    '/api/projects/:id',
    needs('root'),
    async (request) => {
      const { id } = request.params;
      const { confirm } = request.query;
      const project = toProjectView(projects.get(id));
      if (confirm === undefined) return toDeletion(project, await retention.previewProject(id), false);
      if (confirm !== id) throw wrongConfirmation();
      return toDeletion(project, await retention.removeProject(id), true);
    },
  );
}

function toDeletion(project: { id: string; name: string }, removal: ProjectRemoval, deleted: boolean) {
  return {
    id: project.id,
    object: 'project.deletion',
    name: project.name,
    deleted,
    keys: removal.keys,
    webhooks: removal.webhooks,
    ...toRemovalView(removal),
  };
}

function toRemovalView({ requests, images, files, freedBytes }: Removal) {
  return { requests, images, files, freed_bytes: freedBytes };
}

function wrongConfirmation(): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message:
      'To delete the project with everything in it, repeat its id: ?confirm=<id>. Without confirm the answer says what would go.',
    param: 'confirm',
  });
}
