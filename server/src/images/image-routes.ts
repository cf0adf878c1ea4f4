import { createReadStream } from 'node:fs';
import { type Access, needs, requireCaller } from '../access/index.ts';
import type { Database } from '../database/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { HttpReply, HttpRequest, HttpServer } from '../http/index.ts';
import type { Requests } from '../requests/index.ts';
import { type ImageStore, type LinkSigner, readRange } from '../storage/index.ts';
import { type FoundImage, findImage } from './queries.ts';

export type ImageFileParts = {
  readonly access: Access;
  readonly database: Pick<Database, 'sql'>;
  readonly store: ImageStore;
  readonly links: LinkSigner;
  readonly requests: Pick<Requests, 'catchUp'>;
};

type ImageRequest = HttpRequest<{ Params: { id: string }; Querystring: Record<string, unknown> }>;

/** The bytes of stored images: by key or session within one's own project, or by a signed link that expires. */
export function addImageFileRoutes(server: HttpServer, parts: ImageFileParts): void {
  server.get('/images/:id', needs('read'), async (request: ImageRequest, reply) => {
    const image = await openImage(parts, request);
    return sendFile(request, reply, {
      path: parts.store.pathOf(image.hash),
      byteCount: image.byteCount,
      mediaType: image.mediaType,
      etag: `"${image.hash}"`,
    });
  });
  server.get('/images/:id/thumbnail', needs('read'), async (request: ImageRequest, reply) => {
    const image = await openImage(parts, request);
    const { path, byteCount } = await parts.store.thumbnail(image.hash);
    return sendFile(request, reply, {
      path,
      byteCount,
      mediaType: 'image/webp',
      etag: `"${image.hash}-thumbnail"`,
    });
  });
}

async function openImage(parts: ImageFileParts, request: ImageRequest): Promise<FoundImage> {
  const { id } = request.params;
  const { expires, signature } = request.query;
  let projectId: string | undefined;
  if (typeof expires === 'string' && typeof signature === 'string') {
    const verdict = parts.links.verify({ imageId: id, expires, signature, now: new Date() });
    if (verdict !== 'ok') throw brokenLink(verdict);
  } else {
    projectId = (await requireCaller(parts.access, request)).projectId;
  }
  const find = () => findImage(parts.database, id, projectId);
  // A link may be followed before a slow database has the row of its picture.
  const image = (await find()) ?? ((await parts.requests.catchUp()) ? await find() : null);
  if (image === null || !(await parts.store.has(image.hash))) {
    throw new PictorError({
      code: 'not_found',
      message: 'There is no image with this id in your project.',
      param: 'id',
    });
  }
  return image;
}

function brokenLink(verdict: 'expired' | 'wrong'): PictorError {
  const message =
    verdict === 'expired'
      ? 'This link has expired. Ask for the request again to get a new one.'
      : 'This link is not one that Pictor signed.';
  return new PictorError({ code: 'link_expired', message });
}

type ServedFile = {
  readonly path: string;
  readonly byteCount: number;
  readonly mediaType: string;
  readonly etag: string;
};

/** A file that never changes under its address: ETag, a year of caching, single byte ranges. */
function sendFile(request: HttpRequest, reply: HttpReply, file: ServedFile): HttpReply {
  reply
    .header('etag', file.etag)
    .header('cache-control', 'private, max-age=31536000, immutable')
    .header('accept-ranges', 'bytes')
    .header('content-type', file.mediaType)
    .header('cross-origin-resource-policy', 'cross-origin')
    // An SVG is a document: opened by itself it must not run anything.
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  if (request.headers['if-none-match']?.split(',').some((tag) => tag.trim() === file.etag))
    return reply.code(304).send();
  const range =
    request.headers['if-range'] === undefined || request.headers['if-range'] === file.etag
      ? request.headers.range
      : undefined;
  const wanted = readRange(range, file.byteCount);
  if (wanted === 'unsatisfiable') {
    reply.header('content-range', `bytes */${file.byteCount}`);
    throw new PictorError({ code: 'range_not_satisfiable', message: 'The range lies outside the image.' });
  }
  if (wanted === 'whole') {
    return reply.header('content-length', String(file.byteCount)).send(createReadStream(file.path));
  }
  return reply
    .code(206)
    .header('content-range', `bytes ${wanted.start}-${wanted.end}/${file.byteCount}`)
    .header('content-length', String(wanted.end - wanted.start + 1))
    .send(createReadStream(file.path, wanted));
}
