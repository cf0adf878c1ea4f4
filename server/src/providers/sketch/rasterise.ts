import sharp, { type Sharp } from 'sharp';
import { type Pixels, toPixels } from './effects/pixels.ts';

/** SVG content in scene units, drawn onto exactly that many pixels. */
export function wrapSvg(
  content: string,
  from: { readonly width: number; readonly height: number },
  pixelWidth: number,
  pixelHeight: number,
): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${pixelWidth}" height="${pixelHeight}" viewBox="0 0 ${from.width} ${from.height}" preserveAspectRatio="none">${content}</svg>`,
  );
}

export function openSvg(svg: Buffer): Sharp {
  return sharp(svg, { limitInputPixels: false, unlimited: true });
}

export const rasterise = (
  content: string,
  from: { readonly width: number; readonly height: number },
  pixelWidth: number,
  pixelHeight: number,
): Promise<Pixels> => toPixels(openSvg(wrapSvg(content, from, pixelWidth, pixelHeight)));
