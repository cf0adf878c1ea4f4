import { readFile, stat } from 'node:fs/promises';
import sharp, { type Metadata } from 'sharp';
import { CheckFailure } from '../check-failure.ts';
import type { Pixels } from '../pixels/pixels.ts';

/** More are not decoded; as many as the Images API takes in. */
const maxPixels = 100_000_000;
/** Longer files are not read as a whole. */
const maxBytes = 128 * 1024 * 1024;
const formats: readonly string[] = ['png', 'jpeg', 'webp', 'gif', 'heif', 'tiff'];

export type PixelSize = { readonly width: number; readonly height: number };

/** A picture in a file. Whatever cannot be read throws `unreadable_image`. */
export type Picture = {
  readonly path: string;
  /** Changes when the file does. */
  readonly version: () => Promise<string>;
  readonly byteCount: () => Promise<number>;
  readonly bytes: () => Promise<Buffer>;
  /** From the header; width and height as it is displayed, turned by its orientation. */
  readonly header: () => Promise<Metadata>;
  /** The first frame in sRGB, upright, shrunk so that no side is longer than `maxSide`. */
  readonly pixels: (maxSide: number) => Promise<Pixels>;
  /** The same, stretched to exactly this size. */
  readonly pixelsAt: (size: PixelSize) => Promise<Pixels>;
};

export function openPicture(path: string): Picture {
  const open = () => sharp(path, { limitInputPixels: maxPixels, failOn: 'error', autoOrient: true });
  const header = () =>
    readable(async () => {
      const found = await open().metadata();
      if (!formats.includes(found.format)) throw new Error('This is no picture that is checked.');
      return { ...found, ...found.autoOrient };
    });
  const decode = async (resize: Parameters<ReturnType<typeof sharp>['resize']>[0]): Promise<Pixels> => {
    await header();
    return await readable(async () => {
      const image = open().toColourspace('srgb').ensureAlpha().resize(resize);
      const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
      return { width: info.width, height: info.height, data };
    });
  };
  return {
    path,
    version: () =>
      readable(async () => {
        const { size, mtimeMs } = await stat(path);
        return `${path} ${size} ${mtimeMs}`;
      }),
    byteCount: () => readable(async () => (await stat(path)).size),
    bytes: () =>
      readable(async () => {
        if ((await stat(path)).size > maxBytes) throw new Error('The file is too long.');
        return await readFile(path);
      }),
    header,
    pixels: (maxSide) =>
      decode({
        width: maxSide,
        height: maxSide,
        fit: 'inside',
        withoutEnlargement: true,
        fastShrinkOnLoad: false,
      }),
    pixelsAt: (size) => decode({ ...size, fit: 'fill', fastShrinkOnLoad: false }),
  };
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch {
    throw new CheckFailure('unreadable_image', 'The picture is missing, damaged, or has too many pixels.');
  }
}
