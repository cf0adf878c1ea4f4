import type { IncomingMessage } from 'node:http';
import { basename } from 'node:path';
import { PictorError } from '../../foundation/index.ts';
import { type MultipartField, type MultipartFile, readMultipart } from '../../http/index.ts';
import type { ImageStore } from '../../storage/index.ts';
import { isTable, type TableFile } from './read-table.ts';
import { readZip } from './read-zip.ts';

/** A picture whose bytes are in the store, and that has no row yet. */
export type ReceivedPicture = {
  /** As it was named, with folders where it came in a zip. */
  readonly path: string;
  readonly hash: string;
  readonly byteCount: number;
  readonly mediaType: string;
};

export type Received = {
  readonly fields: ReadonlyMap<string, string>;
  readonly tables: readonly TableFile[];
  readonly pictures: readonly ReceivedPicture[];
};

export type ReceiveParts = {
  readonly store: Pick<ImageStore, 'put' | 'inspect' | 'settled'>;
  /** Removes bytes that got no row. */
  readonly discard: (hash: string) => Promise<void>;
};

const maxTableBytes = 32 * 1024 * 1024;
const maxZipBytes = 256 * 1024 * 1024;
const maxPictureBytes = 50 * 1024 * 1024;
const fieldNames: readonly string[] = ['image_field', 'kinds', 'mode'];

/**
 * Reads the form of an import: pictures go to the store, tables and zips are read into memory. When anything is refused,
 * nothing that came is kept. Throws the caller's errors.
 */
export async function receiveFiles(request: IncomingMessage, parts: ReceiveParts): Promise<Received> {
  const tables: TableFile[] = [];
  const pictures: ReceivedPicture[] = [];
  const takePicture = async (path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> => {
    pictures.push(await storePicture(parts, path, chunks));
  };
  const takeZip = async (zip: Buffer): Promise<void> => {
    for (const entry of readZip(zip)) {
      const bytes = await entry.read();
      if (isTable(entry.name)) tables.push({ name: entry.name, text: bytes.toString('utf8') });
      else await takePicture(entry.name, once(bytes));
    }
  };
  try {
    const fields = await readMultipart(request, async (file) => {
      if (file.name !== 'file') throw unknownParameter(file.name);
      if (/\.zip$/i.test(file.filename)) return await takeZip(await gather(file, maxZipBytes));
      if (!isTable(file.filename)) return await takePicture(file.filename, file.chunks);
      tables.push({
        name: basename(file.filename),
        text: (await gather(file, maxTableBytes)).toString('utf8'),
      });
    });
    // Rows will promise these bytes, so they are on the disk before.
    await parts.store.settled();
    return { fields: readFields(fields), tables, pictures };
  } catch (error) {
    for (const { hash } of pictures) await parts.discard(hash);
    throw error;
  }
}

async function storePicture(
  { store, discard }: ReceiveParts,
  path: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<ReceivedPicture> {
  const { hash, byteCount } = await store.put(chunks, { maxBytes: maxPictureBytes });
  const facts = byteCount === 0 ? null : await store.inspect(hash);
  if (facts !== null) return { path, hash, byteCount, mediaType: facts.mediaType };
  await discard(hash);
  throw new PictorError({
    code: 'invalid_image_format',
    message: `'${path.slice(0, 100)}' is neither a picture that can be read nor a .csv, .jsonl, .json or .zip file.`,
    param: 'file',
  });
}

function readFields(fields: readonly MultipartField[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { name, value } of fields) {
    if (!fieldNames.includes(name)) throw unknownParameter(name);
    if (value !== '') values.set(name, value);
  }
  return values;
}

async function gather(file: MultipartFile, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of file.chunks) {
    byteCount += chunk.byteLength;
    if (byteCount > maxBytes) {
      throw new PictorError({
        code: 'request_too_large',
        message: `'${file.filename.slice(0, 100)}' is larger than ${maxBytes} bytes, the most that such a file may have here.`,
        param: 'file',
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function unknownParameter(name: string): PictorError {
  const shown = name.slice(0, 50);
  return new PictorError({
    code: 'unknown_parameter',
    message: `Unknown parameter '${shown}': an import has file, image_field, kinds and mode.`,
    param: shown,
  });
}
