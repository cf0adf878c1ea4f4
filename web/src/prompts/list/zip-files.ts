/** A text file of an archive. `path` has slashes. */
export type TextFile = { readonly path: string; readonly content: string };

const localSignature = 0x0403_4b50;
const centralSignature = 0x0201_4b50;
const endSignature = 0x0605_4b50;
/** Names are UTF-8. */
const utf8Flag = 0x0800;

/** An archive of files as they are, not compressed: prompts are small. */
export function packZip(files: readonly TextFile[]): Uint8Array<ArrayBuffer> {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const file of files) {
    const name = new TextEncoder().encode(file.path);
    const content = new TextEncoder().encode(file.content);
    const facts = [20, utf8Flag, 0, 0, 0x21] as const;
    const sizes = [crc32(content), content.length, content.length] as const;
    locals.push(record(localSignature, facts, sizes, [name.length, 0]), name, content);
    centrals.push(
      join([
        record(centralSignature, [20, ...facts], sizes, [name.length, 0, 0, 0, 0, 0, 0], [offset]),
        name,
      ]),
    );
    offset += 30 + name.length + content.length;
  }
  const directory = join(centrals);
  const end = record(endSignature, [0, 0, files.length, files.length], [directory.length, offset], [0]);
  return join([...locals, directory, end]);
}

/** The text files of an archive that `packZip` or any usual program made. Throws where it is none. */
export async function unpackZip(archive: Blob): Promise<readonly TextFile[]> {
  const bytes = new Uint8Array(await archive.arrayBuffer());
  const view = new DataView(bytes.buffer);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const files: TextFile[] = [];
  for (let index = 0; index < count; index += 1) {
    if (view.getUint32(at, true) !== centralSignature) throw new Error('The archive is damaged.');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) =>
      view.getUint16(at + place, true),
    );
    const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + (nameLength ?? 0)));
    const start = view.getUint32(at + 42, true);
    const begin = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    const packed = bytes.subarray(begin, begin + view.getUint32(at + 20, true));
    if (!path.endsWith('/'))
      files.push({ path, content: await unpack(packed, view.getUint16(at + 10, true)) });
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}

async function unpack(packed: Uint8Array<ArrayBuffer>, method: number): Promise<string> {
  if (method === 0) return new TextDecoder().decode(packed);
  if (method !== 8) throw new Error('The archive is packed in a way that cannot be read here.');
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return await new Response(stream).text();
}

/** The last record, behind which a comment may stand. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  throw new Error('This is no archive.');
}

/** A signature, then numbers of 2 bytes, of 4, of 2 and of 4. */
function record(
  signature: number,
  shorts: readonly number[],
  longs: readonly number[],
  moreShorts: readonly number[],
  moreLongs: readonly number[] = [],
): Uint8Array<ArrayBuffer> {
  const size = 4 + 2 * (shorts.length + moreShorts.length) + 4 * (longs.length + moreLongs.length);
  const view = new DataView(new ArrayBuffer(size));
  let at = 0;
  const put = (value: number, width: 2 | 4): void => {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  };
  put(signature, 4);
  for (const value of shorts) put(value, 2);
  for (const value of longs) put(value, 4);
  for (const value of moreShorts) put(value, 2);
  for (const value of moreLongs) put(value, 4);
  return new Uint8Array(view.buffer);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return ~crc >>> 0;
}
