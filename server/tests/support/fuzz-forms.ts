import type { Draft, FuzzMaterial } from './fuzz-draft.ts';
import type { FuzzPicture } from './fuzz-pictures.ts';
import type { Random } from './fuzz-random.ts';
import { hostileNames, hostileTexts } from './fuzz-values.ts';

/** One part of a form: the lines above the empty line, and what stands below. */
type Part = { readonly head: string; readonly content: Buffer };

const paths = [
  '/v1/images/edits',
  '/v1/images/edits',
  '/v1/images/variations',
  '/v1/images/generations',
  '/v1/files',
] as const;

/** A form that would do, with some of its parts doubled, spoilt or cut off. */
export function makeForm(random: Random, material: FuzzMaterial): Draft {
  const target = random.pick(paths);
  const picture = random.chance(60) ? random.pick(material.sound) : random.pick(material.hostile);
  const parts = target === '/v1/files' ? uploadParts(random, picture) : imageParts(random, picture, target);
  const spoilt = spoilParts(random, parts, material);
  const boundary = random.pick(['----pictor', 'x', "a'()+_,-./:=?", 'b'.repeat(70)]);
  const { body, label } = random.chance(25)
    ? spoilBody(random, join(spoilt.parts, boundary), boundary)
    : { body: join(spoilt.parts, boundary), label: 'body as it is' };
  const declared = random.chance(5) ? 'another' : boundary;
  return {
    method: 'POST',
    target,
    headers: [['content-type', `multipart/form-data; boundary="${declared}"`]],
    body,
    label: `form with ${picture.name}, ${spoilt.label}, ${label}`,
  };
}

function imageParts(random: Random, picture: FuzzPicture, target: string): Part[] {
  const name = random.pick(['image', 'image[]', 'image[0]']);
  return [
    field('model', 'sketch-1'),
    ...(target === '/v1/images/variations' ? [] : [field('prompt', 'a small boat')]),
    field('size', '64x64'),
    file(name, picture),
    ...(random.chance(20) ? [file(name, picture)] : []),
    ...(random.chance(20) ? [file('mask', picture)] : []),
  ];
}

function uploadParts(random: Random, picture: FuzzPicture): Part[] {
  const lifetime = random.pick(['3600', '0', '-1', '1e9', 'NaN', '99999999999999999999']);
  return [
    field('purpose', random.pick(['vision', 'user_data', 'vision', 'nothing', ''])),
    ...(random.chance(20) ? [field('expires_after[anchor]', 'created_at')] : []),
    ...(random.chance(20) ? [field('expires_after[seconds]', lifetime)] : []),
    ...(random.chance(10) ? [field('expires_after', random.pick(hostileTexts))] : []),
    file('file', picture),
  ];
}

function field(name: string, value: string): Part {
  return { head: `content-disposition: form-data; name="${name}"`, content: Buffer.from(value) };
}

function file(name: string, picture: FuzzPicture, type = 'content-type: image/png'): Part {
  return {
    head: `content-disposition: form-data; name="${name}"; filename="${picture.name}"\r\n${type}`,
    content: picture.bytes,
  };
}

function spoilParts(random: Random, parts: Part[], material: FuzzMaterial): { parts: Part[]; label: string } {
  const text = random.pick(hostileTexts);
  const picture = random.pick(material.sound);
  switch (random.whole(26)) {
    case 0:
      return { parts: [...parts, parts[0] ?? field('n', '1')], label: 'a part twice' };
    case 1:
      return { parts: parts.slice(1), label: 'without the first part' };
    case 2:
      return { parts: parts.slice(0, -1), label: 'without the last part' };
    case 3:
      return { parts: [...parts, field(random.pick(hostileNames), text)], label: 'a stranger' };
    case 4:
      return { parts: [...parts, file(random.pick(hostileNames), picture)], label: 'a strange file' };
    case 5:
      return {
        parts: [...parts, field(random.pick(['n', 'seed', 'stream', 'quality', 'user', 'background']), text)],
        label: 'a spoilt scalar',
      };
    case 6:
      return {
        parts: parts.map((part) => ({
          ...part,
          head: part.head.replace(/filename="[^"]*"/, `filename="${text}"`),
        })),
        label: 'a strange file name',
      };
    case 7:
      return { parts: parts.map((part) => ({ ...part, head: `x: ${text}` })), label: 'parts without names' };
    case 8:
      return { parts: [...parts, { head: '', content: Buffer.from(text) }], label: 'a part without a head' };
    case 9:
      return { parts: [...parts, file('image', picture, `content-type: ${text}`)], label: 'a strange type' };
    case 10:
      return { parts: Array.from({ length: 250 }, (_, at) => field(`f${at}`, 'x')), label: 'many fields' };
    case 11:
      return {
        parts: [...parts, ...Array.from({ length: 70 }, () => file('image', picture))],
        label: 'many files',
      };
    case 12:
      return {
        parts: [...parts, file('image', picture, 'content-transfer-encoding: base64')],
        label: 'an encoding of its own',
      };
    default:
      return { parts, label: 'parts as they are' };
  }
}

function join(parts: readonly Part[], boundary: string): Buffer {
  return Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(`--${boundary}\r\n${part.head}\r\n\r\n`),
      part.content,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

function spoilBody(random: Random, body: Buffer, boundary: string): { body: Buffer; label: string } {
  const way = random.whole(6);
  const label = `body spoilt in way ${way}`;
  switch (way) {
    case 0:
      return { body: body.subarray(0, random.whole(body.length)), label };
    case 1:
      return { body: body.subarray(0, body.length - boundary.length - 6), label };
    case 2:
      return {
        body: Buffer.concat([Buffer.from('something before\r\n'), body, Buffer.from('something after')]),
        label,
      };
    case 3:
      return { body: Buffer.from(body.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'), label };
    case 4:
      return { body: Buffer.from(`--${boundary}--\r\n`), label };
    default:
      return { body: Buffer.concat([body.subarray(0, 10), random.bytes(50), body.subarray(10)]), label };
  }
}
