import type { Block } from './read-blocks.ts';

export const metadataKinds = ['exif', 'xmp', 'iptc', 'text', 'comment'] as const;
export type MetadataKind = (typeof metadataKinds)[number];

const xmpStart = 'http://ns.adobe.com/xap/1.0/\0';

/** The kinds of metadata in a file's pieces, each with its first words. A colour profile is none. */
export function findMetadata(blocks: readonly Block[]): ReadonlyMap<MetadataKind, string> {
  const found = new Map<MetadataKind, string>();
  for (const { name, bytes } of blocks) {
    const kind = kindOf(name, bytes);
    if (kind !== null && !found.has(kind)) found.set(kind, firstWords(bytes));
  }
  return found;
}

function kindOf(name: string, bytes: Buffer): MetadataKind | null {
  const start = (length: number) => bytes.toString('latin1', 0, length);
  if (name === 'eXIf' || name === 'EXIF' || name === 'Exif') return 'exif';
  if (name === 'XMP ') return 'xmp';
  if (name === 'COM') return 'comment';
  if (name === 'APP1') {
    if (start(4) === 'Exif') return 'exif';
    return start(xmpStart.length) === xmpStart ? 'xmp' : null;
  }
  if (name === 'APP13') return start(9) === 'Photoshop' ? 'iptc' : null;
  if (name === 'tEXt' || name === 'zTXt' || name === 'iTXt') {
    if (start(17) === 'XML:com.adobe.xmp') return 'xmp';
    return start(21) === 'Raw profile type iptc' ? 'iptc' : 'text';
  }
  return null;
}

const shownCharacters = 120;

/** Printable, so that evidence stays readable whatever the bytes are. */
export function firstWords(bytes: Buffer): string {
  return bytes
    .toString('latin1', 0, 1024)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, shownCharacters);
}
