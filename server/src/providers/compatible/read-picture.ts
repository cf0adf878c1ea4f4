import type { AppliedParameters, ImageBytes, ImageJob } from '../../models/index.ts';
import { readAll } from '../kit/hold-bytes.ts';
import { unreadable } from '../kit/scan-reply.ts';
import { sniffFormat } from '../kit/sniff-format.ts';
import { transcode } from '../kit/transcode.ts';
import type { EngineFormat } from './traits.ts';

const headBytes = 16;

export type ReadPicture = { readonly bytes: ImageBytes; readonly applied: AppliedParameters };

/**
 * A picture as it was asked for: its format is told by its first bytes, whatever the engine says, and it is converted
 * only where the caller asked for another one. Rethrows what `bytes` throws.
 */
export async function readPicture(provider: string, bytes: ImageBytes, job: ImageJob): Promise<ReadPicture> {
  const chunks = bytes.chunks[Symbol.asyncIterator]();
  const head = await readHead(chunks);
  const format = sniffFormat(head);
  const whole = rejoin(head, chunks);
  const wanted = toEngineFormat(job.outputFormat);
  if (wanted === null || format === null || wanted === format) {
    return { bytes: { chunks: whole }, applied: format === null ? {} : { outputFormat: format } };
  }
  const original = await readAll(whole);
  try {
    const converted = await transcode(original, wanted, job.outputCompression);
    return { bytes: { chunks: once(converted) }, applied: { outputFormat: wanted } };
  } catch (cause) {
    throw unreadable(provider, 'The engine answered with a picture that cannot be decoded.', cause);
  }
}

function toEngineFormat(format: ImageJob['outputFormat']): EngineFormat | null {
  return format === 'png' || format === 'jpeg' || format === 'webp' ? format : null;
}

async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < headBytes) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

async function* rejoin(head: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
