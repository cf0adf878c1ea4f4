import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { PictorError } from '../foundation/index.ts';

/** One file of a form, to be read to its end before the next part comes. */
export type MultipartFile = {
  readonly name: string;
  readonly filename: string;
  /** As the client declares it; bytes decide. */
  readonly declaredMediaType: string;
  readonly chunks: AsyncIterable<Uint8Array>;
};

export type MultipartField = { readonly name: string; readonly value: string };

/** More than any route needs, and few enough to bound what one request can hold. */
const limits = { fields: 200, files: 64, fieldNameSize: 200, fieldSize: 2 * 1024 * 1024, headerPairs: 50 };

const cutOff = 'The form is cut off or malformed.';

/**
 * Reads a multipart form as it arrives: fields are gathered, each file is handed to `onFile` as a stream. When
 * `onFile` fails, the rest of the body is read and thrown away, so that the client gets the answer instead of a
 * broken pipe. Throws `invalid_multipart` for cut or malformed bodies.
 */
export async function readMultipart(
  request: IncomingMessage,
  onFile: (file: MultipartFile) => Promise<void>,
): Promise<MultipartField[]> {
  const parser = openParser(request);
  const fields: MultipartField[] = [];
  const files: Promise<void>[] = [];
  const streams: Readable[] = [];
  let failure: unknown;
  const fail = (error: unknown): void => {
    failure ??= error;
  };
  parser.on('field', (name, value, nameTruncated, valueTruncated) => {
    if (nameTruncated || valueTruncated)
      fail(malformed(`The field '${String(name).slice(0, 50)}' is too long.`));
    fields.push({ name, value });
  });
  parser.on('file', (name, stream, filename, _encoding, declaredMediaType) => {
    streams.push(stream);
    stream.on('error', (error) => fail(malformed(cutOff, error)));
    if (failure !== undefined) return void stream.resume();
    // A reader that gives up must not destroy the stream: the parser could not get past it.
    const chunks = stream.iterator({ destroyOnReturn: false });
    const file = { name, filename: filename ?? '', declaredMediaType, chunks };
    files.push(
      onFile(file)
        .catch(fail)
        .finally(() => drain(stream)),
    );
  });
  for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(event, () => fail(malformed('The form has too many parts.')));
  }
  await readToEnd(request, parser).catch((error: unknown) => {
    fail(malformed(cutOff, error));
    // Files that will never end must not keep their readers waiting.
    for (const stream of streams) stream.destroy(new Error(cutOff));
  });
  await Promise.all(files);
  if (failure !== undefined) throw failure;
  return fields;
}

function openParser(request: IncomingMessage): BusboyInstance {
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      limits,
      isPartAFile,
    });
  } catch (cause) {
    throw malformed('The Content-Type names no boundary.', cause);
  }
}

/** A picture is a file although its client gave it no name. */
function isPartAFile(_name: string | undefined, type = '', filename?: string): boolean {
  return filename !== undefined || type === 'application/octet-stream' || /^image\//i.test(type);
}

/** Resolves when the parser has seen the closing boundary; rejects when the body ends before it. */
function readToEnd(request: IncomingMessage, parser: BusboyInstance): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('finish', resolve);
    parser.once('error', reject);
    request.once('error', reject);
    request.once('aborted', () => reject(new Error('aborted')));
    parser.once('error', () => request.unpipe(parser).resume());
    request.pipe(parser);
  });
}

/** Files whose reader gave up early are read to their end, or the parser would wait for ever. */
function drain(stream: Readable): void {
  if (!stream.destroyed && !stream.readableEnded) stream.resume();
}

function malformed(message: string, cause?: unknown): PictorError {
  return new PictorError({
    code: 'invalid_multipart',
    message: `${message} Send multipart/form-data with a boundary, complete to its last line.`,
    ...(cause === undefined ? {} : { cause }),
  });
}
