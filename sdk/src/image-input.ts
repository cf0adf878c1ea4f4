/**
 * A picture to work from: its bytes (a `Buffer` is one), a `Blob` or `File`, an address (`https://…`, `data:…`), or the
 * id of a file that was uploaded.
 */
export type ImageInput = Uint8Array | ArrayBuffer | Blob | string | { readonly fileId: string };

export type Pictures = { readonly images: readonly ImageInput[]; readonly mask: ImageInput | undefined };

/** Bytes travel in a form, which has no limit of JSON; as soon as one picture is an address or an id, all go by JSON. */
export async function withPictures(
  parameters: Readonly<Record<string, unknown>>,
  { images, mask }: Pictures,
): Promise<unknown> {
  const all = mask === undefined ? images : [...images, mask];
  if (all.length > 0 && all.every(isBytes)) return toForm(parameters, images, mask);
  return {
    ...parameters,
    ...(images.length === 0 ? {} : { images: await Promise.all(images.map(toReference)) }),
    ...(mask === undefined ? {} : { mask: await toReference(mask) }),
  };
}

function toForm(
  parameters: Readonly<Record<string, unknown>>,
  images: readonly ImageInput[],
  mask: ImageInput | undefined,
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === null) continue;
    form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  for (const [index, image] of images.entries()) {
    if (isBytes(image)) form.append(images.length > 1 ? 'image[]' : 'image', toBlob(image), `image-${index}`);
  }
  if (mask !== undefined && isBytes(mask)) form.append('mask', toBlob(mask), 'mask');
  return form;
}

type Bytes = Uint8Array | ArrayBuffer | Blob;

function isBytes(input: ImageInput): input is Bytes {
  return input instanceof Blob || input instanceof ArrayBuffer || input instanceof Uint8Array;
}

/** The server believes the bytes; the type is only for what stands between. */
function toBlob(input: Bytes): Blob {
  if (input instanceof Blob) return input;
  // A copy: a view of shared memory is no part of a Blob.
  const bytes = input instanceof ArrayBuffer ? new Uint8Array(input) : Uint8Array.from(input);
  return new Blob([bytes], { type: typeOf(bytes) });
}

function typeOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  if (bytes[0] === 0x52 && bytes[8] === 0x57) return 'image/webp';
  return bytes[0] === 0x89 ? 'image/png' : 'application/octet-stream';
}

async function toReference(input: ImageInput): Promise<Readonly<Record<string, string>>> {
  if (typeof input === 'string') return { image_url: input };
  if (!isBytes(input)) return { file_id: input.fileId };
  const blob = toBlob(input);
  return {
    image_url: `data:${blob.type};base64,${toBase64(new Uint8Array(await blob.arrayBuffer()))}`,
  };
}

const chunkBytes = 0x8000;

/** In pieces, because a call takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + chunkBytes)));
  }
  return btoa(pieces.join(''));
}

/** The bytes of a picture of an answer, or of anything else in base64. */
export function imageBytes(image: { readonly b64_json?: string | undefined }): Uint8Array<ArrayBuffer> {
  if (image.b64_json === undefined) throw new TypeError('This picture has no bytes: it came as an address.');
  const text = atob(image.b64_json);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
