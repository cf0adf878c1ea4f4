import type { BodyPicture } from '../../../models/index.ts';
import type { CallBody } from '../open-caller.ts';
import { isRecord } from '../read-error-body.ts';
import { type Base64Source, writeBase64Body } from '../write-base64-body.ts';

/** A body whose pictures are encoded while they are sent. */
export function writeMainlineBody(body: Readonly<Record<string, unknown>>): CallBody {
  return writeBase64Body((base64) => place(body, base64));
}

function place(value: unknown, base64: (source: Base64Source) => string): unknown {
  if (Array.isArray(value)) return value.map((member) => place(member, base64));
  if (!isRecord(value)) return value;
  if (isPicture(value)) return base64(toSource(value));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, place(member, base64)]));
}

/** What comes from JSON has no functions, so nothing that a caller sent is taken for a picture. */
function isPicture(value: Readonly<Record<string, unknown>>): value is BodyPicture {
  return isRecord(value.picture) && typeof value.picture.open === 'function';
}

function toSource({ picture, as }: BodyPicture): Base64Source {
  const { byteCount, open, mediaType } = picture;
  return { byteCount, open, ...(as === 'url' ? { prefix: `data:${mediaType};base64,` } : {}) };
}
