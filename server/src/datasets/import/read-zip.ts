import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { PictorError } from '../../foundation/index.ts';

/** One file of a zip. */
export type ZipEntry = {
  /** Path within the zip, with slashes. */
  readonly name: string;
  /** Bytes when unpacked, as the zip says. */
  readonly byteCount: number;
  /** Unpacks it. Throws `invalid_value` where it is damaged or larger than it says. */
  readonly read: () => Promise<Buffer>;
};

const inflate = promisify(inflateRaw);
const maxEntries = 10_000;
const maxEntryBytes = 64 * 1024 * 1024;
const stored = 0;
const deflated = 8;
const endRecord = 0x06054b50;
const directoryRecord = 0x02014b50;

/**
 * The files of a zip, as its directory lists them. Folders and what systems hide in zips are left out. No entry is
 * unpacked beyond the size that it says, so that a small zip cannot fill the memory.
 */
export function readZip(zip: Buffer): readonly ZipEntry[] {
  try {
    return listEntries(zip).filter(
      ({ name }) => !name.endsWith('/') && !/(?:^|\/)(?:\.|__MACOSX\/)/.test(name),
    );
  } catch (error) {
    if (error instanceof RangeError) throw damaged('its directory is cut off');
    throw error;
  }
}

function listEntries(zip: Buffer): readonly ZipEntry[] {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count > maxEntries) throw damaged(`it has more than ${maxEntries} files`);
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    if (zip.readUInt32LE(at) !== directoryRecord)
      throw damaged('its directory is broken, or of a kind not known here');
    const nameLength = zip.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const facts = {
      name: zip.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      flags: zip.readUInt16LE(at + 8),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      byteCount: zip.readUInt32LE(at + 24),
      header: zip.readUInt32LE(at + 42),
    };
    at = next;
    return { name: facts.name, byteCount: facts.byteCount, read: () => readEntry(zip, facts) };
  });
}

type EntryFacts = {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly byteCount: number;
  readonly header: number;
};

async function readEntry(zip: Buffer, facts: EntryFacts): Promise<Buffer> {
  const about = `'${facts.name.slice(0, 100)}'`;
  if ((facts.flags & 1) === 1) throw damaged(`${about} is encrypted`);
  if (facts.byteCount > maxEntryBytes) throw damaged(`${about} is larger than ${maxEntryBytes} bytes`);
  if (facts.header + 30 > zip.length) throw damaged(`${about} is cut off`);
  const start = facts.header + 30 + zip.readUInt16LE(facts.header + 26) + zip.readUInt16LE(facts.header + 28);
  const packed = zip.subarray(start, start + facts.packed);
  if (facts.method === stored) return packed;
  if (facts.method !== deflated) throw damaged(`${about} is packed in a way not known here`);
  try {
    return await inflate(packed, { maxOutputLength: Math.max(facts.byteCount, 1) });
  } catch {
    throw damaged(`${about} cannot be unpacked`);
  }
}

/** The record at the end, behind which only a comment may stand. */
function findEnd(zip: Buffer): number {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - 0xffff); at -= 1) {
    if (zip.readUInt32LE(at) === endRecord) return at;
  }
  throw damaged('it has no directory');
}

function damaged(why: string): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `The zip cannot be read: ${why}.`,
    param: 'file',
  });
}
