import { type Caller, needs, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpServer } from '../http/index.ts';
import { type Folder, readName } from '../prompts/index.ts';
import { base, type PromptLayerParts } from './parts.ts';
import { isWire, readBody, readInteger, readText, type Wire } from './wire.ts';

const folders = `${base}/api/public/v2/folders`;

type Query = { Querystring: Record<string, unknown> };
type WithBody = { Body: unknown };

/** Folders of prompts. They are paths here; this wire knows them by number. */
export function addFolderRoutes(server: HttpServer, parts: PromptLayerParts): void {
  const { access, prompts } = parts;

  server.get(folders, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const all = await prompts.folders(projectId);
    return { success: true, folders: all.map((folder) => toView(folder, all)) };
  });

  server.post<WithBody>(folders, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const body = readBody(request.body);
    const name = readText(body.name)?.trim();
    if (name === undefined || name === '' || name.length > 200) throw missing('name');
    const parent = await findFolder(parts, projectId, body.parent_id ?? body.folder_id);
    const made = await prompts.makeFolder(projectId, parent === '' ? name : `${parent}/${name}`);
    reply.code(201);
    return { success: true, folder: toView(made, await prompts.folders(projectId)) };
  });

  server.get<Query>(`${folders}/resolve-id`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const path = (readText(request.query.path) ?? '').replace(/^\/+|\/+$/g, '');
    const found = (await prompts.folders(projectId)).find((folder) => folder.path === path);
    if (found === undefined) throw noFolder();
    return { success: true, id: found.number, folder_id: found.number };
  });

  server.get<Query>(`${folders}/entities`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const path = await findFolder(parts, projectId, request.query.folder_id);
    return { success: true, entities: await listEntities(parts, projectId, path) };
  });

  server.post<WithBody>(`${folders}/entities`, needs('manage'), async (request) => {
    const caller = await requireCaller(access, request);
    const body = readBody(request.body);
    const folder = await findFolder(parts, caller.projectId, body.folder_id);
    const named = await findPrompts(parts, caller, body);
    for (const prompt of named) await prompts.change(caller.projectId, prompt.id, { folder });
    return { success: true, moved: named.length };
  });

  server.delete<WithBody>(`${folders}/entities`, needs('manage'), async (request) => {
    const caller = await requireCaller(access, request);
    const named = await findPrompts(parts, caller, readBody(request.body));
    const archivedAt = new Date();
    for (const prompt of named) await prompts.change(caller.projectId, prompt.id, { archivedAt });
    return { success: true, deleted: named.length };
  });
}

async function listEntities(parts: PromptLayerParts, projectId: string, path: string): Promise<Wire[]> {
  const inside = (other: string): boolean =>
    path === ''
      ? !other.includes('/')
      : other.slice(0, other.lastIndexOf('/')) === path && other.includes('/');
  const all = await parts.prompts.folders(projectId);
  const below = all
    .filter((folder) => inside(folder.path))
    .map((folder) => ({ ...toView(folder, all), type: 'FOLDER' }));
  const { prompts } = await parts.prompts.list(projectId, {
    ...(path === '' ? {} : { folder: path }),
    limit: 1000,
    offset: 0,
  });
  const here = prompts.filter((prompt) => prompt.folder === path);
  return [...below, ...here.map(({ number, name }) => ({ id: number, name, type: 'PROMPT' }))];
}

/** The path of a folder by its number; none: the top. */
export async function findFolder(
  parts: PromptLayerParts,
  projectId: string,
  value: unknown,
): Promise<string> {
  if (value === undefined || value === null || value === '') return '';
  const number = readInteger(value);
  const found = (await parts.prompts.folders(projectId)).find((folder) => folder.number === number);
  if (found === undefined) throw noFolder();
  return found.path;
}

async function findPrompts({ prompts }: PromptLayerParts, caller: Caller, body: Wire) {
  const named = Array.isArray(body.entities) ? body.entities.filter(isWire) : [];
  if (named.length === 0) throw missing('entities');
  const found = [];
  for (const entity of named) {
    const type = readText(entity.type ?? entity.entity_type);
    if (type !== 'PROMPT' && type !== 'SNIPPET') {
      throw new PictorError({
        code: 'invalid_value',
        message:
          'Entities of type PROMPT and SNIPPET can be moved and deleted; a folder is where its prompts are.',
        param: 'entities',
      });
    }
    found.push(await prompts.find(caller.projectId, readName(String(entity.id ?? entity.entity_id ?? ''))));
  }
  return found;
}

function toView({ number, path }: Folder, all: readonly Folder[]): Wire {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return {
    id: number,
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    parent_id: all.find((folder) => folder.path === parent)?.number ?? null,
  };
}

function noFolder(): PictorError {
  return new PictorError({
    code: 'not_found',
    message: 'There is no such folder in your project.',
    param: 'folder_id',
  });
}

function missing(param: string): PictorError {
  return new PictorError({
    code: 'missing_required_parameter',
    message: `Missing required parameter: '${param}'.`,
    param,
  });
}
