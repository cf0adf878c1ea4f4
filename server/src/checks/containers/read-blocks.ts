/** A named piece of a picture's file: a PNG chunk, a JPEG segment, a RIFF chunk, an ISO box. */
export type Block = { readonly name: string; readonly bytes: Buffer };

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The pieces of a PNG, JPEG, WebP, AVIF or HEIC in order, as far as they can be read; none of another file. */
export function readBlocks(file: Buffer): readonly Block[] {
  if (file.subarray(0, 8).equals(pngStart)) return [...readPng(file)];
  if (file[0] === 0xff && file[1] === 0xd8) return [...readJpeg(file)];
  if (file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP') {
    return [...readRiff(file)];
  }
  return file.toString('latin1', 4, 8) === 'ftyp' ? [...readBoxes(file)] : [];
}

function* readPng(file: Buffer): Generator<Block> {
  let at = 8;
  while (at + 12 <= file.length) {
    const end = at + 8 + file.readUInt32BE(at);
    yield { name: file.toString('latin1', at + 4, at + 8), bytes: file.subarray(at + 8, end) };
    at = end + 4;
  }
}

/** Up to the first scan; metadata stands before it. */
function* readJpeg(file: Buffer): Generator<Block> {
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff) {
    const marker = file[at + 1] ?? 0;
    if (marker === 0xda) return;
    // Fill bytes before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + file.readUInt16BE(at + 2);
    yield { name: nameMarker(marker), bytes: file.subarray(at + 4, end) };
    at = end;
  }
}

function nameMarker(marker: number): string {
  if (marker >= 0xe0 && marker <= 0xef) return `APP${marker - 0xe0}`;
  return marker === 0xfe ? 'COM' : marker.toString(16);
}

function* readRiff(file: Buffer): Generator<Block> {
  let at = 12;
  while (at + 8 <= file.length) {
    const length = file.readUInt32LE(at + 4);
    yield { name: file.toString('latin1', at, at + 4), bytes: file.subarray(at + 8, at + 8 + length) };
    at += 8 + length + (length % 2);
  }
}

/** The boxes of ISO's media format and of JUMBF. */
export function* readBoxes(file: Buffer): Generator<Block> {
  let at = 0;
  while (at + 8 <= file.length) {
    const short = file.readUInt32BE(at);
    const isLong = short === 1 && at + 16 <= file.length;
    const length = isLong ? Number(file.readBigUInt64BE(at + 8)) : short === 0 ? file.length - at : short;
    const head = isLong ? 16 : 8;
    if (length < head) return;
    yield { name: file.toString('latin1', at + 4, at + 8), bytes: file.subarray(at + head, at + length) };
    at += length;
  }
}
