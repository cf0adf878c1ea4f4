import type { HttpRequest, HttpServer } from '../http/index.ts';
import type { Caller } from './caller.ts';
import { requireCaller } from './guard.ts';
import type { Access } from './open-access.ts';
import type { NewKey } from './open-keys.ts';
import { noSuchProject } from './open-projects.ts';
import { readGrace, readNewKey } from './read-key.ts';
import { needs } from './scopes.ts';
import { toKeyView } from './to-views.ts';
import { requireWithin, toGrant } from './within-grant.ts';

type OfProject = { Params: { id: string } };
type ById = { Params: { id: string; key_id: string } };

const all = '/api/projects/:id/keys';
const one = '/api/projects/:id/keys/:key_id';

/** The keys of a project: for the root key, and for keys of the project that may manage it. */
export function addKeyRoutes(server: HttpServer, access: Access): void {
  const { keys } = access;

  server.get<OfProject>(all, needs('root', 'manage'), async (request, reply) => {
    const { projectId } = await openProject(access, request);
    const data = keys.list(projectId).map(toKeyView);
    return reply.header('cache-control', 'no-store').send({ object: 'list', data, has_more: false });
  });

  server.post<OfProject & { Body: unknown }>(all, needs('root', 'manage'), async (request, reply) => {
    const { caller, projectId } = await openProject(access, request);
    const asked = readNewKey(request.body);
    const grant = toGrant(asked, makerOf(access, caller));
    const made = await keys.create(projectId, { ...grant, name: asked.name });
    return reply.header('cache-control', 'no-store').send(shownOnce(made));
  });

  server.get<ById>(one, needs('root', 'manage'), async (request, reply) => {
    const { projectId } = await openProject(access, request);
    const key = keys.get(projectId, request.params.key_id);
    return reply.header('cache-control', 'no-store').send(toKeyView(key));
  });

  server.post<ById & { Body: unknown }>(`${one}/roll`, needs('root', 'manage'), async (request, reply) => {
    const { caller, projectId } = await openProject(access, request);
    const { key_id: id } = request.params;
    // Whoever rolls a key holds it afterwards.
    requireWithin(keys.get(projectId, id), makerOf(access, caller));
    const rolled = await keys.roll(projectId, id, readGrace(request.body));
    return reply.header('cache-control', 'no-store').send(shownOnce(rolled));
  });

  server.delete<ById>(one, needs('root', 'manage'), async (request) => {
    const { projectId } = await openProject(access, request);
    const { id } = await keys.revoke(projectId, request.params.key_id);
    return { id, object: 'project.api_key', deleted: true };
  });
}

/** The project of the address, if it is the caller's; to anybody but root another one does not exist. */
async function openProject(
  access: Access,
  request: HttpRequest<OfProject>,
): Promise<{ readonly caller: Caller; readonly projectId: string }> {
  const caller = await requireCaller(access, request);
  const { id } = request.params;
  if (!caller.scopes.includes('root') && caller.projectId !== id) throw noSuchProject();
  return { caller, projectId: access.projects.get(id).id };
}

/** The key whose bounds hold for the keys it makes; null: the root key, which has none. */
function makerOf(access: Access, caller: Caller) {
  return caller.scopes.includes('root') ? null : access.keys.get(caller.projectId, caller.keyId);
}

function shownOnce({ key, secret }: NewKey) {
  return { ...toKeyView(key), key: secret };
}
