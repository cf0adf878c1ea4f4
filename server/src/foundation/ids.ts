import { randomFillSync } from 'node:crypto';

/** Kinds of things that have ids; the prefix says what an id names. */
export type IdPrefix =
  | 'req'
  | 'img'
  | 'file'
  | 'key'
  | 'proj'
  | 'whk'
  | 'whd'
  | 'wha'
  | 'bud'
  | 'lim'
  | 'pmpt'
  | 'pver'
  | 'plbl'
  | 'pmov'
  | 'log'
  | 'resp'
  | 'conv'
  | 'msg'
  | 'ig'
  | 'fc'
  | 'rs'
  | 'ctc'
  | 'srch'
  | 'dset'
  | 'row'
  | 'eval'
  | 'erun'
  | 'gate';

const separators: Readonly<Record<IdPrefix, string>> = {
  req: '_',
  img: '_',
  key: '_',
  proj: '_',
  whk: '_',
  whd: '_',
  wha: '_',
  bud: '_',
  lim: '_',
  pmpt: '_',
  pver: '_',
  plbl: '_',
  pmov: '_',
  log: '_',
  resp: '_',
  conv: '_',
  msg: '_',
  ig: '_',
  fc: '_',
  rs: '_',
  ctc: '_',
  srch: '_',
  dset: '_',
  row: '_',
  eval: '_',
  erun: '_',
  gate: '_',
  file: '-',
};

/**
 * A new id: the prefix and 32 hex digits of a UUID version 7 (48 bits of milliseconds, 74 random bits), so
 * that ids sort by the time they were made. Files have OpenAI's hyphen: `file-…`, all others an underscore.
 */
export function newId(prefix: IdPrefix, now: number = Date.now()): string {
  const bytes = takeRandom();
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return `${prefix}${separators[prefix]}${bytes.toString('hex')}`;
}

/** Asking the system for randomness costs more than all the rest of an id, so it is asked for many at once. */
const idBytes = 16;
const random = Buffer.alloc(256 * idBytes);
let taken = random.length;

function takeRandom(): Buffer {
  if (taken === random.length) {
    randomFillSync(random);
    taken = 0;
  }
  taken += idBytes;
  return random.subarray(taken - idBytes, taken);
}

/** When an id was made, in Unix seconds: its first 48 bits are milliseconds. */
export function createdSecondsOf(id: string): number {
  return Math.floor(Number.parseInt(id.slice(-32, -20), 16) / 1000);
}
