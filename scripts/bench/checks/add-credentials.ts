import { crc32 } from 'node:zlib';

/** The smallest store of manifests that is one: boxes and labels of C2PA, without a claim. */
function makeStore(): Buffer {
  const manifest = box('jumb', describe('c2ma', 'urn:uuid:00000000-0000-4000-8000-000000000000'));
  return box('jumb', describe('c2pa', 'c2pa'), manifest);
}

function box(name: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** Type, switches (3: it may be asked for, and has a label), label. */
function describe(type: string, label: string): Buffer {
  const tail = Buffer.from('00110010800000aa00389b71', 'hex');
  return box('jumd', Buffer.from(type, 'latin1'), tail, Buffer.from([3]), Buffer.from(`${label}\0`, 'utf8'));
}

/** A PNG with a `caBX` chunk, or a JPEG with an APP11 segment. */
export function addCredentials(file: Buffer): Buffer {
  const store = makeStore();
  if (file[0] === 0xff) {
    const head = Buffer.from('ffeb00004a50000100000001', 'hex');
    head.writeUInt16BE(store.length + 10, 2);
    return Buffer.concat([file.subarray(0, 2), head, store, file.subarray(2)]);
  }
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from('caBX', 'latin1'), store, Buffer.alloc(4)]);
  chunk.writeUInt32BE(store.length);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  // Behind the signature and the header.
  return Buffer.concat([file.subarray(0, 33), chunk, file.subarray(33)]);
}
