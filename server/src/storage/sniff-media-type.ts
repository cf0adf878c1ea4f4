/** The kinds of images that the store knows. Anything else is a file without further facts. */
export const imageMediaTypes = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/heic',
  'image/svg+xml',
] as const;

export type ImageMediaType = (typeof imageMediaTypes)[number];

/** How many of a file's first bytes `sniffMediaType` wants; fewer are fine when the file has no more. */
export const sniffBytes = 4096;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpegSignature = Buffer.from([0xff, 0xd8, 0xff]);
const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/** What a file is by its first bytes, whatever its name or a header says. Null: no image that we know. */
export function sniffMediaType(head: Buffer): ImageMediaType | null {
  if (head.subarray(0, pngSignature.length).equals(pngSignature)) return 'image/png';
  if (head.subarray(0, jpegSignature.length).equals(jpegSignature)) return 'image/jpeg';
  const start = head.toString('latin1', 0, 12);
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'image/webp';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif';
  if (start.slice(4, 8) === 'ftyp') return sniffBrands(head);
  return isSvg(head.toString('utf8')) ? 'image/svg+xml' : null;
}

/** AVIF and HEIC share a container; its brands say which coding is inside. */
function sniffBrands(head: Buffer): ImageMediaType | null {
  const end = Math.min(head.length, head.readUInt32BE(0));
  const brands = new Set<string>();
  for (let offset = 8; offset + 4 <= end; offset += 4) {
    // After the major brand stands a version, which is no brand.
    if (offset !== 12) brands.add(head.toString('latin1', offset, offset + 4));
  }
  if (brands.has('avif') || brands.has('avis')) return 'image/avif';
  return [...brands].some((brand) => heicBrands.has(brand)) ? 'image/heic' : null;
}

/**
 * Is the root element `svg`? A page of HTML that contains one is not an image. Declarations with an internal subset
 * are refused: they exist to define entities, and entities that name each other can grow without bound.
 */
function isSvg(text: string): boolean {
  let rest = text.replace(/^\uFEFF/, '').trimStart();
  for (;;) {
    const skip = skipProlog(rest);
    if (skip === 0) return /^<svg[\s/>]/.test(rest);
    rest = rest.slice(skip).trimStart();
  }
}

/** The length of the declaration, instruction or comment at the beginning; 0 where there is none. */
function skipProlog(text: string): number {
  if (text.startsWith('<!--')) return after(text, '-->');
  if (text.startsWith('<?')) return after(text, '?>');
  const doctype = /^<!DOCTYPE\s+svg[^[>]*>/i.exec(text);
  return doctype === null ? 0 : doctype[0].length;
}

function after(text: string, mark: string): number {
  const position = text.indexOf(mark);
  return position < 0 ? 0 : position + mark.length;
}
