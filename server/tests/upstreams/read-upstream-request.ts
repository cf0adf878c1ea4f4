import type { IncomingMessage } from 'node:http';
import { Busboy } from '@fastify/busboy';
import { blake3 } from '@napi-rs/blake-hash';

/** A file of a form, by what it was. */
export type SentFile = {
  readonly name: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly byteCount: number;
  /** BLAKE3, lower-case hex. */
  readonly hash: string;
};

export type ReadRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly kind: 'json' | 'form' | 'none';
  readonly fields: readonly (readonly [string, unknown])[];
  readonly files: readonly SentFile[];
  /** Of `files`, in their order. */
  readonly fileBytes: readonly Buffer[];
};

/** Reads a request whole. A body that is neither JSON nor a form counts as none. */
export async function readUpstreamRequest(request: IncomingMessage): Promise<ReadRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const { headers } = request;
  const head = { method: request.method ?? '', path: request.url ?? '', headers };
  const contentType = headers['content-type'] ?? '';
  if (contentType.startsWith('multipart/form-data'))
    return { ...head, ...(await readForm(body, contentType)) };
  if (contentType !== 'application/json')
    return { ...head, kind: 'none', fields: [], files: [], fileBytes: [] };
  const members = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  return { ...head, kind: 'json', fields: Object.entries(members), files: [], fileBytes: [] };
}

async function readForm(
  body: Buffer,
  contentType: string,
): Promise<Pick<ReadRequest, 'kind' | 'fields' | 'files' | 'fileBytes'>> {
  const fields: [string, unknown][] = [];
  const files: SentFile[] = [];
  const fileBytes: Buffer[] = [];
  const parser = new Busboy({ headers: { 'content-type': contentType } });
  parser.on('field', (name, value) => fields.push([name, value]));
  parser.on('file', (name, stream, fileName, _encoding, fileType) => {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      const bytes = Buffer.concat(parts);
      const hash = blake3(bytes).toString('hex');
      files.push({ name, fileName, contentType: fileType, byteCount: bytes.length, hash });
      fileBytes.push(bytes);
    });
  });
  await new Promise((resolve, reject) => {
    parser.once('finish', resolve).once('error', reject);
    parser.end(body);
  });
  return { kind: 'form', fields, files, fileBytes };
}
