import { type Block, readBoxes } from './read-blocks.ts';

export type Credentials = {
  /** Where they stand: `caBX`, `APP11`, `C2PA`, `uuid`. */
  readonly container: string;
  readonly byteCount: number;
  /** The label of the outermost box, `c2pa` for a store of manifests. */
  readonly label: string | null;
  /** The labels of the manifests in it, oldest first. */
  readonly manifests: readonly string[];
};

/** The extended type of a box with C2PA's data in ISO's media format. */
const c2paBox = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
/** Before the box in a JPEG's segment: `JP`, a number of the box, a number of the piece. */
const segmentHead = 8;

/**
 * The content credentials (C2PA, in JUMBF boxes) of a picture, found and not verified: whether a signature holds, and
 * whose it is, is not looked at. Null: there are none.
 */
export function findCredentials(blocks: readonly Block[]): Credentials | null {
  const whole = blocks.find(
    ({ name, bytes }) => name === 'caBX' || name === 'C2PA' || isC2paBox(name, bytes),
  );
  if (whole !== undefined) {
    const box = whole.name === 'uuid' ? fromFirstBox(whole.bytes) : whole.bytes;
    return describe(whole.name, box);
  }
  const pieces = blocks.filter(
    ({ name, bytes }) => name === 'APP11' && bytes.toString('latin1', 0, 2) === 'JP',
  );
  const [first, ...others] = pieces.map(({ bytes }) => bytes.subarray(segmentHead));
  if (first === undefined) return null;
  // Every further piece repeats the head of the box, length and type.
  return describe('APP11', Buffer.concat([first, ...others.map((piece) => piece.subarray(8))]));
}

function isC2paBox(name: string, bytes: Buffer): boolean {
  return name === 'uuid' && bytes.subarray(0, c2paBox.length).equals(c2paBox);
}

/** Behind the box's id stand its version, the word `manifest` and an offset; then the box. */
function fromFirstBox(bytes: Buffer): Buffer {
  const at = bytes.indexOf('jumb', 0, 'latin1');
  return at < 4 ? Buffer.alloc(0) : bytes.subarray(at - 4);
}

function describe(container: string, bytes: Buffer): Credentials | null {
  const [outer] = readBoxes(bytes);
  if (outer?.name !== 'jumb') return null;
  const inner = [...readBoxes(outer.bytes)];
  const manifests = inner
    .filter(({ name }) => name === 'jumb')
    .map(({ bytes: box }) => labelOf([...readBoxes(box)]));
  return {
    container,
    byteCount: bytes.length,
    label: labelOf(inner),
    manifests: manifests.filter((label) => label !== null).slice(-20),
  };
}

/** A description box: 16 bytes of type, a byte of switches (2: a label follows), the label up to a zero byte. */
function labelOf(boxes: readonly Block[]): string | null {
  const description = boxes.find(({ name }) => name === 'jumd')?.bytes;
  if (description === undefined || ((description[16] ?? 0) & 2) === 0) return null;
  const end = description.indexOf(0, 17);
  return description.toString('utf8', 17, end < 0 ? description.length : end).slice(0, 200);
}
