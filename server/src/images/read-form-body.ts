import { generateBody } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';
import { type HttpRequest, type MultipartField, readMultipart, readParameters } from '../http/index.ts';
import type { ImageStore } from '../storage/index.ts';
import type { InputSource, ReadBody } from './input-source.ts';
import { limitUpload } from './limit-upload.ts';
import { readText } from './read-json-body.ts';

/** More pictures than any model takes: beyond it nothing more is stored. */
const maxUploads = 40;

const numbers: ReadonlySet<string> = new Set([
  'n',
  'output_compression',
  'partial_images',
  'seed',
  'num_inference_steps',
  'guidance_scale',
  'true_cfg_scale',
]);
const flags: ReadonlySet<string> = new Set(['stream']);
const lists: ReadonlySet<string> = new Set(['response_modalities']);

/**
 * Reads a multipart form of any image route. Pictures come as `image`, repeated `image`, `image[]` or `image[0]`, in
 * the order sent, and go to the store as they arrive; scalars are strings that are turned into their types.
 */
export async function readFormBody(request: HttpRequest, store: ImageStore): Promise<ReadBody> {
  const images: InputSource[] = [];
  const masks: InputSource[] = [];
  const fields = await readMultipart(request.raw, async (file) => {
    const target = isImageName(file.name) ? images : file.name === 'mask' ? masks : null;
    if (target === null) throw unknownFile(file.name);
    if (images.length + masks.length >= maxUploads) throw tooMany();
    // The place in the list is taken before the bytes are read, so that order is the order sent.
    const place = target.length;
    const param = file.name === 'mask' ? 'mask' : 'image';
    target.push({ param, from: { type: 'data', text: '' } });
    const { hash, byteCount } = await store.put(file.chunks, limitUpload(param));
    target[place] = { param, from: { type: 'upload', hash, byteCount } };
  });
  const scalars: MultipartField[] = [];
  for (const field of fields) {
    if (isImageName(field.name)) images.push(readText(field.value, 'image'));
    else if (field.name === 'mask') masks.push(readText(field.value, 'mask'));
    else scalars.push(field);
  }
  if (masks.length > 1) throw duplicate('mask');
  const [mask] = masks;
  return {
    parameters: readParameters(generateBody, toMembers(scalars)),
    images,
    ...(mask === undefined ? {} : { mask }),
  };
}

function isImageName(name: string): boolean {
  return /^image(\[\d*\])?$/.test(name);
}

/** Strings to the members that the JSON body would have. An empty string means absent, as no form can say null. */
function toMembers(fields: readonly MultipartField[]): Record<string, unknown> {
  const members = new Map<string, unknown>();
  for (const field of fields) {
    const name = field.name.replace(/\[\d*\]$/, '');
    if (lists.has(name)) {
      const before = members.get(name);
      members.set(name, [...(Array.isArray(before) ? before : []), ...toList(field.value)]);
      continue;
    }
    if (members.has(field.name)) throw duplicate(field.name);
    if (field.value !== '' || field.name === 'prompt') members.set(field.name, toScalar(field));
  }
  return Object.fromEntries(members);
}

/** A form writes a list as repeated fields, with commas, or as the JSON of the other body. */
function toList(value: string): readonly unknown[] {
  const words = /^\s*\[(.*)\]\s*$/s.exec(value)?.[1];
  if (words === undefined) return value.split(',').map((word) => word.trim());
  return words
    .split(',')
    .map((word) => word.trim().replace(/^"(.*)"$/, '$1'))
    .filter((word) => word !== '');
}

function toScalar({ name, value }: MultipartField): unknown {
  if (numbers.has(name) && /^-?\d{1,15}(\.\d{1,9})?$/.test(value)) return Number(value);
  // Python and C# write their own words with a capital where a client does not translate them.
  if (flags.has(name) && /^([Tt]rue|[Ff]alse)$/.test(value)) return value.toLowerCase() === 'true';
  return value;
}

function unknownFile(name: string): PictorError {
  const shown = name.slice(0, 50);
  return new PictorError({
    code: 'unknown_parameter',
    message: `Unknown file '${shown}': pictures are sent as image, image[] or mask.`,
    param: shown,
  });
}

function tooMany(): PictorError {
  return new PictorError({
    code: 'too_many_images',
    message: 'The form holds too many pictures.',
    param: 'image',
  });
}

function duplicate(name: string): PictorError {
  return new PictorError({
    code: 'duplicate_parameter',
    message: `The form has '${name.slice(0, 50)}' more than once.`,
    param: name.slice(0, 50),
  });
}
