import { randomFillSync } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A chunk without content. */
const bareChunk = 12;

/** A square PNG of noise, which no coding can shrink, of exactly so many bytes (at least 200). */
export function makePicture(byteCount: number): Buffer {
  for (let edge = Math.floor(Math.sqrt(byteCount / 3)); ; edge -= 1) {
    const pixels = [...makePixels(edge)];
    const end = makeChunk('IEND', Buffer.alloc(0));
    const left = byteCount - [signature, ...pixels, end].reduce((sum, part) => sum + part.length, 0);
    if (left < bareChunk) continue;
    const filling = makeChunk('fiLl', Buffer.alloc(left - bareChunk));
    return Buffer.concat([signature, ...pixels, filling, end]);
  }
}

function makePixels(edge: number): Buffer[] {
  const rowBytes = 1 + edge * 3;
  const rows = randomFillSync(Buffer.alloc(edge * rowBytes));
  // Every row begins with the number of its filter: none.
  for (let row = 0; row < edge; row += 1) rows[row * rowBytes] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header.set([8, 2], 8);
  return [makeChunk('IHDR', header), makeChunk('IDAT', deflateSync(rows, { level: 0 }))];
}

function makeChunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

/** Fresh bytes behind a picture's end make another file of it, which no store has seen before. */
export const freshBytes = 24;
