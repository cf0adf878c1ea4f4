import { createReadStream } from 'node:fs';
import type { FastifyRequest } from 'fastify';
import { type Access, needs, requireCaller } from '../access/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { ImageStore } from '../storage/index.ts';
import type { Files, FoundFile } from './open-files.ts';
import { toContentDisposition } from './read-names.ts';
import { isFileId, readQuery } from './read-query.ts';
import { readUpload } from './read-upload.ts';
import { toFileObject } from './to-file-object.ts';

export type FileRoutesParts = {
  readonly access: Access;
  readonly files: Files;
  readonly store: Pick<ImageStore, 'put' | 'inspect' | 'settled' | 'read' | 'size' | 'thumbnail'>;
  /** Largest upload. Default: 512 MiB, as OpenAI has it. */
  readonly maxFileBytes?: number;
};

type ById = { Params: { id: string } };

const defaultMaxFileBytes = 512 * 1024 * 1024;

/** OpenAI's Files API, scoped to the caller's project. The key is checked before a body is read. */
export function addFileRoutes(server: HttpServer, parts: FileRoutesParts): void {
  const { access, files, store } = parts;
  server.post('/v1/files', needs('generate'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    requireForm(request);
    const file = await files.holdBytes(async () => {
      const upload = await readUpload(request.raw, {
        store,
        maxFileBytes: parts.maxFileBytes ?? defaultMaxFileBytes,
        discard: files.discard,
      });
      return await files.add({ ...upload, projectId: caller.projectId });
    });
    return reply.header('cache-control', 'no-store').send(toFileObject(file));
  });

  server.get<{ Querystring: Record<string, unknown> }>('/v1/files', needs('read'), async (request, reply) => {
    const caller = await requireCaller(access, request);
    const page = await files.list(caller.projectId, readQuery(request.query));
    const data = page.data.map(toFileObject);
    return reply.header('cache-control', 'no-store').send({
      object: 'list',
      data,
      has_more: page.hasMore,
      first_id: data.at(0)?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
    });
  });

  server.get<ById>('/v1/files/:id', needs('read'), async (request, reply) => {
    const file = await findOwn(parts, request);
    return reply.header('cache-control', 'no-store').send(toFileObject(file));
  });

  server.get<ById>('/v1/files/:id/content', needs('read'), async (request, reply) => {
    const file = await findOwn(parts, request);
    if ((await store.size(file.hash)) !== file.byteCount) throw notFound();
    return (
      reply
        .header('content-type', file.mediaType)
        .header('content-length', String(file.byteCount))
        .header('content-disposition', toContentDisposition(file.filename))
        .header('cache-control', 'private, no-store')
        // Whatever was uploaded, a browser that opens it must not run it as a page of this server.
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(store.read(file.hash))
    );
  });

  server.get<ById>('/v1/files/:id/thumbnail', needs('read'), async (request, reply) => {
    const file = await findOwn(parts, request);
    const { path, byteCount } = await store.thumbnail(file.hash);
    return reply
      .header('content-type', 'image/webp')
      .header('content-length', String(byteCount))
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(createReadStream(path));
  });

  server.delete<ById>('/v1/files/:id', needs('generate'), async (request) => {
    const caller = await requireCaller(access, request);
    const { id } = request.params;
    if (!isFileId(id) || !(await files.remove(caller.projectId, id))) throw notFound();
    return { id, object: 'file', deleted: true };
  });
}

async function findOwn(
  { access, files }: FileRoutesParts,
  request: FastifyRequest<ById>,
): Promise<FoundFile> {
  const caller = await requireCaller(access, request);
  const file = isFileId(request.params.id) ? await files.find(caller.projectId, request.params.id) : null;
  if (file === null) throw notFound();
  return file;
}

function requireForm(request: FastifyRequest): void {
  if (request.headers['content-type']?.toLowerCase().startsWith('multipart/form-data')) return;
  throw new PictorError({
    code: 'unsupported_content_type',
    message: "A file is uploaded as multipart/form-data with the parts 'file' and 'purpose'.",
  });
}

function notFound(): PictorError {
  return new PictorError({
    code: 'not_found',
    message: 'There is no file with this id in your project. It may have been deleted or have expired.',
    param: 'id',
  });
}
