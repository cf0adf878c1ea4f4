import { Readable } from 'node:stream';
import { requestAnalyticsBody, requestExportBody, requestSearchBody } from '@pictor/api';
import { type Access, needs, requireCaller } from '../../access/index.ts';
import type { Database } from '../../database/index.ts';
import { type HttpServer, readParameters } from '../../http/index.ts';
import { toSummary } from '../to-summary.ts';
import { analyseRequests } from './analyse-requests.ts';
import { requestsCsv, requestsJsonl } from './export-requests.ts';
import { addSavedSearchRoutes } from './saved-search-routes.ts';
import { eachRequest, searchRequests } from './search-requests.ts';

type WithBody = { Body: unknown };

const defaultLimit = 50;

/** Requests found by what they were, handed out as a file, and counted. */
export function addSearchRoutes(
  server: HttpServer,
  parts: { readonly access: Access; readonly database: Pick<Database, 'sql'> },
): void {
  const { access, database } = parts;

  server.post<WithBody>('/api/requests/search', needs('read'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const body = readParameters(requestSearchBody, request.body ?? {});
    const wanted = { ...body, limit: body.limit ?? defaultLimit };
    const { data, nextCursor } = await searchRequests(database, projectId, wanted);
    return reply.header('cache-control', 'no-store').send({
      object: 'list',
      data: data.map(toSummary),
      has_more: nextCursor !== null,
      next_cursor: nextCursor,
    });
  });

  server.post<WithBody>('/api/requests/export', needs('read'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const { format = 'csv', ...query } = readParameters(requestExportBody, request.body ?? {});
    const rows = eachRequest(database, projectId, query);
    const isCsv = format === 'csv';
    return reply
      .header('cache-control', 'no-store')
      .header('content-type', isCsv ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8')
      .header('content-disposition', `attachment; filename="requests.${format}"`)
      .send(Readable.from(isCsv ? requestsCsv(rows) : requestsJsonl(rows), { objectMode: false }));
  });

  server.post<WithBody>('/api/requests/analytics', needs('read'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    const body = readParameters(requestAnalyticsBody, request.body ?? {});
    return reply.header('cache-control', 'no-store').send(await analyseRequests(database, projectId, body));
  });

  addSavedSearchRoutes(server, parts);
}
