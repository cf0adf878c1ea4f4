import { randomUUID } from 'node:crypto';
import type { ImageInput } from '../../models/index.ts';
import type { CallBody } from './open-caller.ts';

/** One part of a form: a text, or a picture under a file name. */
export type FormPart =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly fileName: string; readonly image: ImageInput };

/**
 * A multipart/form-data body in the order of its parts. Pictures are read while they are sent, never held, and the
 * length is known beforehand. Throws while it is read when a picture is longer or shorter than it says.
 */
export function writeFormBody(parts: readonly FormPart[]): CallBody {
  const boundary = `pictor-${randomUUID()}`;
  const written = parts.map((part) => ({ part, head: Buffer.from(writeHead(part, boundary)) }));
  const tail = Buffer.from(`--${boundary}--\r\n`);
  const byteCount = written.reduce(
    (sum, { part, head }) => sum + head.length + contentLength(part) + lineEnd.length,
    tail.length,
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    byteCount,
    open: async function* () {
      for (const { part, head } of written) {
        yield head;
        if ('image' in part) yield* readExactly(part.image);
        else yield Buffer.from(part.value);
        yield lineEnd;
      }
      yield tail;
    },
  };
}

const lineEnd = Buffer.from('\r\n');

function writeHead(part: FormPart, boundary: string): string {
  const name = escapeName(part.name);
  const lines =
    'image' in part
      ? [
          `content-disposition: form-data; name="${name}"; filename="${escapeName(part.fileName)}"`,
          `content-type: ${part.image.mediaType}`,
        ]
      : [`content-disposition: form-data; name="${name}"`];
  return `--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n`;
}

function contentLength(part: FormPart): number {
  return 'image' in part ? part.image.byteCount : Buffer.byteLength(part.value);
}

async function* readExactly(image: ImageInput): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  for await (const chunk of image.open()) {
    byteCount += chunk.byteLength;
    yield chunk;
  }
  if (byteCount !== image.byteCount) throw new RangeError('A picture has changed since it was stored.');
}

/** As browsers write names in forms. */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
