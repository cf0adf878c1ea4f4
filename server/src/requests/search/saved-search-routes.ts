import { savedSearchBody, savedSearchChange } from '@pictor/api';
import { type Access, needs, requireCaller } from '../../access/index.ts';
import { askDatabase, type Database } from '../../database/index.ts';
import { newId, PictorError } from '../../foundation/index.ts';
import { type HttpServer, readParameters } from '../../http/index.ts';
import {
  countSavedSearches,
  deleteSavedSearch,
  findSavedSearch,
  insertSavedSearch,
  listSavedSearches,
  type SavedSearchRow,
  updateSavedSearch,
} from './saved-search-queries.ts';

type ById = { Params: { id: string } };

const path = '/api/saved-searches';
const most = 1_000;

/** Searches that a project keeps under a name. */
export function addSavedSearchRoutes(
  server: HttpServer,
  { access, database }: { readonly access: Access; readonly database: Pick<Database, 'sql'> },
): void {
  server.get(path, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const rows = await askDatabase(listSavedSearches(database, projectId));
    return { object: 'list', data: rows.map(toView) };
  });

  server.post<{ Body: unknown }>(path, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const { name, query } = readParameters(savedSearchBody, request.body);
    if ((await askDatabase(countSavedSearches(database, projectId))) >= most) {
      throw new PictorError({
        code: 'invalid_value',
        message: `A project keeps ${most} searches at most: delete one first.`,
      });
    }
    const id = newId('srch');
    const row = await askDatabase(
      insertSavedSearch(database, { id, projectId, name, query, now: new Date() }),
    );
    if (row === null) throw taken(name);
    return reply.code(201).send(toView(row));
  });

  server.get<ById>(`${path}/:id`, needs('read', 'manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const row = await askDatabase(findSavedSearch(database, projectId, request.params.id));
    if (row === null) throw notFound();
    return toView(row);
  });

  server.patch<ById & { Body: unknown }>(`${path}/:id`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const change = readParameters(savedSearchChange, request.body);
    const row = await askDatabase(
      updateSavedSearch(database, projectId, request.params.id, { ...change, now: new Date() }),
    );
    if (row === null) throw notFound();
    if (row === 'taken') throw taken(change.name ?? '');
    return toView(row);
  });

  server.delete<ById>(`${path}/:id`, needs('manage'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    if (!(await askDatabase(deleteSavedSearch(database, projectId, request.params.id)))) throw notFound();
    return reply.code(204).send();
  });
}

function toView(row: SavedSearchRow) {
  return {
    id: row.id,
    object: 'saved_search',
    name: row.name,
    query: row.query,
    created_at: Math.floor(row.created_at.getTime() / 1000),
    updated_at: Math.floor(row.updated_at.getTime() / 1000),
  };
}

function notFound(): PictorError {
  return new PictorError({
    code: 'not_found',
    message: 'There is no saved search with this id in your project.',
    param: 'id',
  });
}

function taken(name: string): PictorError {
  return new PictorError({
    code: 'already_exists',
    message: `There is a saved search '${name}' already: choose another name, or change that one.`,
    param: 'name',
  });
}
