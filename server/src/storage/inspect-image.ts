import { open, readFile, stat } from 'node:fs/promises';
import sharp, { type FormatEnum, type Sharp, type SharpOptions } from 'sharp';
import { type ImageMediaType, sniffBytes, sniffMediaType } from './sniff-media-type.ts';

/** What a picture is, read from its own bytes. */
export type ImageFacts = {
  readonly mediaType: ImageMediaType;
  /** Pixels as they are stored; `orientation` says how they are to be turned for display. */
  readonly width: number;
  readonly height: number;
  /** Has an alpha channel, which may be opaque everywhere. */
  readonly hasAlpha: boolean;
  /** 1 unless it is an animation. */
  readonly frames: number;
  /** libvips' word: `srgb`, `b-w`, `cmyk`, `rgb16`, … */
  readonly colourSpace: string;
  /** EXIF orientation, 1 (upright) to 8. */
  readonly orientation: number;
};

/** The decoder that must have opened a file of each type: a mismatch means that the file lies. */
const decoders: Readonly<Record<ImageMediaType, keyof FormatEnum>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
  'image/heic': 'heif',
  'image/svg+xml': 'svg',
};

/** An SVG is parsed as a whole; a drawing with more text than this is no picture for us. */
const maxSvgBytes = 8 * 1024 * 1024;

/**
 * Facts of the picture in a file, from its header: no pixel is decoded, so that neither a damaged body nor enormous
 * dimensions matter. Null: not an image that we know, or one whose header cannot be read. Throws only what the system
 * throws when the file cannot be read at all.
 */
export async function inspectImage(path: string): Promise<ImageFacts | null> {
  const mediaType = await sniffFile(path);
  if (mediaType === null) return null;
  const image = await openImage(path, mediaType, { limitInputPixels: false, failOn: 'none' });
  if (image === null) return null;
  try {
    const metadata = await image.metadata();
    if (metadata.format !== decoders[mediaType]) return null;
    const animates = mediaType === 'image/gif' || mediaType === 'image/webp';
    return {
      mediaType,
      width: metadata.width,
      height: metadata.height,
      hasAlpha: metadata.hasAlpha,
      frames: animates ? (metadata.pages ?? 1) : 1,
      colourSpace: metadata.space,
      orientation: metadata.orientation ?? 1,
    };
  } catch {
    // The decoder could not make sense of the header; why is of no use to anybody.
    return null;
  }
}

/**
 * A file ready for the image library. Null: an SVG that is too long. Call it only with a type that was sniffed: the
 * library would also open kinds of files that we do not want opened.
 */
export async function openImage(
  path: string,
  mediaType: ImageMediaType,
  options: SharpOptions,
): Promise<Sharp | null> {
  if (mediaType !== 'image/svg+xml') return sharp(path, options);
  // From memory a drawing has no address, and so cannot draw in the files beside it.
  const { size } = await stat(path);
  return size > maxSvgBytes ? null : sharp(await readFile(path), options);
}

/** What a file is by its first bytes. */
export async function sniffFile(path: string): Promise<ImageMediaType | null> {
  await using handle = await open(path, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0);
  return sniffMediaType(buffer.subarray(0, bytesRead));
}
