import type { IncomingMessage } from 'node:http';
import { PictorError } from '../foundation/index.ts';
import { type MultipartField, type MultipartFile, readMultipart } from '../http/index.ts';
import type { ImageStore } from '../storage/index.ts';
import type { Purpose } from './file-record.ts';
import { readLifetime } from './read-lifetime.ts';
import { readFilename, readMediaType } from './read-names.ts';
import { readPurpose } from './read-purpose.ts';

/** What a form uploads. The bytes are in the store. */
export type Upload = {
  readonly purpose: Purpose;
  readonly filename: string;
  /** From the bytes where they are a picture, else as declared. */
  readonly mediaType: string;
  readonly hash: string;
  readonly byteCount: number;
  /** Null: it stays until it is deleted. */
  readonly lifetimeSeconds: number | null;
};

type StoredFile = Pick<Upload, 'filename' | 'hash' | 'byteCount'> & { readonly declaredMediaType: string };

const fieldNames: readonly string[] = [
  'purpose',
  'expires_after',
  'expires_after[anchor]',
  'expires_after[seconds]',
];

/**
 * Reads the form of an upload, its parts in any order; the file streams to the store. `discard` is told the hash of
 * bytes that came in with a form that is refused. Throws the caller's errors.
 */
export async function readUpload(
  request: IncomingMessage,
  parts: {
    readonly store: Pick<ImageStore, 'put' | 'inspect' | 'settled'>;
    readonly maxFileBytes: number;
    readonly discard: (hash: string) => Promise<void>;
  },
): Promise<Upload> {
  let stored: StoredFile | undefined;
  let fileCount = 0;
  try {
    const fields = await readMultipart(request, async (file) => {
      if (file.name !== 'file') throw unknownParameter(file.name);
      fileCount += 1;
      if (fileCount > 1) throw duplicateParameter('file');
      stored = await storeFile(parts.store, file, parts.maxFileBytes);
    });
    const { purpose, lifetimeSeconds } = readFields(fields);
    if (stored === undefined) throw missingFile();
    if (stored.byteCount === 0) throw emptyFile();
    const { declaredMediaType, ...file } = stored;
    const facts = await parts.store.inspect(file.hash);
    // The row will promise these bytes, so they are on the disk before it is written.
    await parts.store.settled();
    const mediaType = facts?.mediaType ?? readMediaType(declaredMediaType);
    return { ...file, purpose, mediaType, lifetimeSeconds };
  } catch (error) {
    if (stored !== undefined) await parts.discard(stored.hash);
    throw error;
  }
}

async function storeFile(
  store: Pick<ImageStore, 'put'>,
  file: MultipartFile,
  maxFileBytes: number,
): Promise<StoredFile> {
  const { hash, byteCount } = await store.put(file.chunks, { maxBytes: maxFileBytes, tooLarge });
  return {
    hash,
    byteCount,
    filename: readFilename(file.filename),
    declaredMediaType: file.declaredMediaType,
  };
}

function readFields(fields: readonly MultipartField[]): Pick<Upload, 'purpose' | 'lifetimeSeconds'> {
  const values = new Map<string, string>();
  for (const { name, value } of fields) {
    if (name === 'file') throw missingFile();
    if (!fieldNames.includes(name)) throw unknownParameter(name);
    if (values.has(name)) throw duplicateParameter(name);
    // A form cannot say null: an empty value is an absent one.
    if (value !== '') values.set(name, value);
  }
  const purpose = readPurpose(values.get('purpose'));
  return { purpose, lifetimeSeconds: readLifetime(values, purpose) };
}

function missingFile(): PictorError {
  return new PictorError({
    code: 'missing_required_parameter',
    message: "The form has no file. Send one part named 'file' with a filename and its bytes.",
    param: 'file',
  });
}

function emptyFile(): PictorError {
  return new PictorError({ code: 'invalid_value', message: 'The file is empty.', param: 'file' });
}

function tooLarge(maxBytes: number): PictorError {
  return new PictorError({
    code: 'request_too_large',
    message: `The file is larger than ${maxBytes} bytes, which is the most that a file may have.`,
    param: 'file',
  });
}

function unknownParameter(name: string): PictorError {
  const shown = name.slice(0, 50);
  return new PictorError({
    code: 'unknown_parameter',
    message: `Unknown parameter '${shown}': an upload has file, purpose and expires_after.`,
    param: shown,
  });
}

function duplicateParameter(name: string): PictorError {
  return new PictorError({
    code: 'duplicate_parameter',
    message: `The form has '${name}' more than once.`,
    param: name,
  });
}
