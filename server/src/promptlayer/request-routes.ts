import { needs, requireCaller } from '../access/index.ts';
import type { HttpServer } from '../http/index.ts';
import { toLinker } from './base-url.ts';
import { base, type PromptLayerParts } from './parts.ts';
import { readSearch } from './read-search.ts';
import { toAnalytics, toRequest } from './to-request.ts';
import { readBody, readInteger, readText } from './wire.ts';

const requests = `${base}/api/public/v2/requests`;

type Query = { Querystring: Record<string, unknown> };
type WithBody = { Body: unknown };

/** Requests: one, those that fit, values to search for, and what they add up to. */
export function addRequestRoutes(server: HttpServer, parts: PromptLayerParts): void {
  const { access, logs } = parts;

  server.get<Query>(`${requests}/suggestions`, needs('read'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const field = readText(request.query.field) ?? 'tags';
    const suggestions = await logs.suggest(projectId, field, readText(request.query.prefix) ?? '');
    return { success: true, field, suggestions };
  });

  server.get<{ Params: { id: string } }>(`${requests}/:id`, needs('read'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { id } = request.params;
    const entry = await logs.find(projectId, readInteger(id) ?? id.replace(/^img-/, 'req_'));
    return {
      success: true,
      ...toRequest(entry),
      prompt_blueprint: await logs.blueprint(entry, toLinker(parts, request)),
    };
  });

  server.post<WithBody>(`${requests}/search`, needs('read'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const query = readSearch(readBody(request.body));
    const { logs: found, total } = await logs.search(projectId, query);
    const pages = Math.ceil(total / query.perPage);
    return {
      success: true,
      items: found.map(toRequest),
      page: query.page,
      per_page: query.perPage,
      pages,
      total,
      has_next: query.page < pages,
      has_prev: query.page > 1,
      next_num: query.page < pages ? query.page + 1 : null,
      prev_num: query.page > 1 ? query.page - 1 : null,
    };
  });

  server.post<WithBody>(`${requests}/analytics`, needs('read'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    return toAnalytics(await logs.analyse(projectId, readSearch(readBody(request.body))));
  });
}
