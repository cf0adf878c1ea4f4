/** Of Tesseract's file of a language: the words, marks and numbers that its network's reading is bent towards. */
const wordLists: readonly number[] = [18, 19, 20];
const countBytes = 4;
const offsetBytes = 8;

/**
 * The data of a language without its lists of words. With them `Market` is read where `Markt` is written, and such a slip is
 * what is looked for. No setting turns them off. The file is a count, that many offsets (-1: not there), and the parts.
 */
export function leaveOutWords(data: Buffer): Buffer {
  const count = data.readInt32LE(0);
  const offsets = Array.from({ length: count }, (_, part) =>
    Number(data.readBigInt64LE(countBytes + part * offsetBytes)),
  );
  const head = Buffer.alloc(countBytes + count * offsetBytes);
  head.writeInt32LE(count);
  const parts: Buffer[] = [head];
  let length = head.length;
  for (const [part, from] of offsets.entries()) {
    const isKept = from >= 0 && !wordLists.includes(part);
    head.writeBigInt64LE(isKept ? BigInt(length) : -1n, countBytes + part * offsetBytes);
    if (!isKept) continue;
    const ends = offsets.filter((offset) => offset > from);
    const bytes = data.subarray(from, Math.min(data.length, ...ends));
    parts.push(bytes);
    length += bytes.length;
  }
  return Buffer.concat(parts);
}
