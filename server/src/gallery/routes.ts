import {
  type ImageSearchBody,
  type ImageZipBody,
  imageChange,
  imageDeleteBody,
  imageSearchBody,
  imageTagBody,
  imageZipBody,
} from '@pictor/api';
import { type Access, needs, requireCaller } from '../access/index.ts';
import { askDatabase } from '../database/index.ts';
import { PictorError } from '../foundation/index.ts';
import { type HttpReply, type HttpServer, readParameters } from '../http/index.ts';
import type { ImageStore } from '../storage/index.ts';
import { type DeletionParts, removeImages, requireImages } from './delete-images.ts';
import { findFamily } from './find-family.ts';
import { changeTags, type ImageRow, setTags } from './queries.ts';
import { readDepth, readImageQuery, readZipQuery } from './read-query.ts';
import { findAll, searchImages } from './search-images.ts';
import { toFamilyView, toImageView } from './to-views.ts';
import { writeZip } from './write-zip.ts';

export type GalleryParts = DeletionParts & { readonly access: Access; readonly store: ImageStore };

type ById = { Params: { id: string } };
type WithQuery = { Querystring: Record<string, unknown> };
type WithBody = { Body: unknown };

const path = '/api/images';
const defaultLimit = 50;

/** The stored images of a project: found, sorted by tags, handed out together, deleted, and traced to their origins. */
export function addGalleryRoutes(server: HttpServer, parts: GalleryParts): void {
  addLists(server, parts);
  addChanges(server, parts);
  addZips(server, parts);
}

function addLists(server: HttpServer, { access, database }: GalleryParts): void {
  const list = async (projectId: string, body: ImageSearchBody, reply: HttpReply) => {
    const { limit = defaultLimit, cursor, ...query } = body;
    const page = await searchImages(database, projectId, query, { limit, cursor });
    return reply.header('cache-control', 'no-store').send({
      object: 'list',
      data: page.data.map(toImageView),
      has_more: page.nextCursor !== null,
      next_cursor: page.nextCursor,
    });
  };

  server.get<WithQuery>(path, needs('read'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    return await list(projectId, readImageQuery(request.query), reply);
  });

  server.post<WithBody>(`${path}/search`, needs('read'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    return await list(projectId, readParameters(imageSearchBody, request.body ?? {}), reply);
  });

  server.get<ById>(`${path}/:id`, needs('read'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    return toImageView(await requireOne(database, projectId, request.params.id));
  });

  server.get<ById & WithQuery>(`${path}/:id/family`, needs('read'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const depth = readDepth(request.query);
    const image = await requireOne(database, projectId, request.params.id);
    return toFamilyView(image, await askDatabase(findFamily(database, projectId, image, depth)));
  });
}

function addChanges(server: HttpServer, parts: GalleryParts): void {
  const { access, database } = parts;

  server.patch<ById & WithBody>(`${path}/:id`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { tags } = readParameters(imageChange, request.body);
    const { id } = await requireOne(database, projectId, request.params.id);
    await askDatabase(setTags(database, projectId, id, tags));
    return toImageView(await requireOne(database, projectId, id));
  });

  server.post<WithBody>(`${path}/tag`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { ids, add = [], remove = [] } = readParameters(imageTagBody, request.body);
    await requireImages(database, projectId, ids);
    await askDatabase(changeTags(database, projectId, ids, { add, remove }));
    const images = await requireImages(database, projectId, ids);
    return { object: 'list', data: images.map(toImageView) };
  });

  server.delete<ById & WithQuery>(`${path}/:id`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { id } = request.params;
    const { confirm } = request.query;
    if (confirm !== undefined && confirm !== id) {
      throw new PictorError({
        code: 'invalid_value',
        message: 'Deleting is confirmed with the id of the image: confirm=img_….',
        param: 'confirm',
      });
    }
    return await removeImages(parts, projectId, [id], confirm === id);
  });

  server.post<WithBody>(`${path}/delete`, needs('manage'), async (request) => {
    const { projectId } = await requireCaller(access, request);
    const { ids, confirm = false } = readParameters(imageDeleteBody, request.body);
    return await removeImages(parts, projectId, ids, confirm);
  });
}

function addZips(server: HttpServer, { access, database, store }: GalleryParts): void {
  const send = async (projectId: string, { ids, ...query }: ImageZipBody, reply: HttpReply) => {
    const images =
      ids === undefined
        ? await findAll(database, projectId, query)
        : await requireImages(database, projectId, [...new Set(ids)]);
    return reply
      .header('cache-control', 'no-store')
      .header('content-type', 'application/zip')
      .header('content-disposition', 'attachment; filename="images.zip"')
      .send(await writeZip(store, images));
  };

  server.get<WithQuery>(`${path}/zip`, needs('read'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    return await send(projectId, readZipQuery(request.query), reply);
  });

  server.post<WithBody>(`${path}/zip`, needs('read'), async (request, reply) => {
    const { projectId } = await requireCaller(access, request);
    return await send(projectId, readParameters(imageZipBody, request.body ?? {}), reply);
  });
}

async function requireOne(
  database: GalleryParts['database'],
  projectId: string,
  id: string,
): Promise<ImageRow> {
  const [image] = await requireImages(database, projectId, [id]);
  if (image === undefined) throw new Error('What is required is there.');
  return image;
}
