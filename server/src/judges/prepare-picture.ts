import { open, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { JudgeOptions, JudgePicture } from './judge.ts';
import { JudgeFailure } from './judge-failure.ts';

export const defaultLongestSide = 1024;
const maxPixels = 100_000_000;
const jpegQuality = 92;

/** Formats that every service reads, so that a picture of them may go as it is. */
const sendable: readonly string[] = ['png', 'jpeg', 'webp'];
const svgStart = /^\s*(<\?xml|<!--|<!DOCTYPE|<svg)/i;

/** A picture as a data URL, at the size at which it is judged. The same file gives the same bytes. */
export async function preparePicture(
  { path }: JudgePicture,
  { longestSide = defaultLongestSide, format = 'auto' }: JudgeOptions,
): Promise<string> {
  try {
    if (await isDrawing(path)) throw new Error('A drawing is not judged.');
    const image = sharp(path, { limitInputPixels: maxPixels, failOn: 'error', autoOrient: true });
    const found = await image.metadata();
    const fits = Math.max(found.width, found.height) <= longestSide && (found.orientation ?? 1) === 1;
    if (format === 'auto' && fits && sendable.includes(found.format)) {
      return toDataUrl(found.format, await readFile(path));
    }
    const shrunk = image
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb');
    if (format === 'jpeg') {
      const bytes = await shrunk.flatten({ background: '#ffffff' }).jpeg({ quality: jpegQuality }).toBuffer();
      return toDataUrl('jpeg', bytes);
    }
    return toDataUrl('png', await shrunk.png().toBuffer());
  } catch {
    throw new JudgeFailure(
      'invalid_input',
      'A picture is missing, damaged, or has too many pixels to be judged.',
    );
  }
}

function toDataUrl(format: string, bytes: Buffer): string {
  return `data:image/${format};base64,${bytes.toString('base64')}`;
}

/** An SVG may draw in other files. */
async function isDrawing(path: string): Promise<boolean> {
  await using handle = await open(path, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
  return svgStart.test(buffer.toString('utf8', 0, bytesRead));
}
