import type { Bitmap, Box } from './bitmap.ts';

const stripePixels = 6;

/** Shows a part of a mask on a canvas of the same size: striped where the image is to be changed, clear elsewhere. */
export function paintOverlay(canvas: HTMLCanvasElement | null, bitmap: Bitmap, box: Box): void {
  const context = canvas?.getContext('2d');
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  if (context === undefined || context === null || width <= 0 || height <= 0) return;
  const part = context.createImageData(width, height);
  const pixels = new Uint32Array(part.data.buffer);
  // Two tones, so that one of them is seen on any picture; wider stripes on larger ones.
  const stripe = Math.max(stripePixels, Math.round(Math.max(bitmap.width, bitmap.height) / 100));
  const [dark, bright] = [toPixel(0xc2, 0x18, 0x5b), toPixel(0xff, 0x5c, 0x9e)];
  for (let y = 0; y < height; y += 1) {
    const row = (y + box.top) * bitmap.width + box.left;
    for (let x = 0; x < width; x += 1) {
      if (bitmap.data[row + x] === 0) continue;
      const isDark = Math.floor((x + box.left + y + box.top) / stripe) % 2 === 0;
      pixels[y * width + x] = isDark ? dark : bright;
    }
  }
  context.putImageData(part, box.left, box.top);
}

/** Opaque; every machine that runs a browser keeps the lowest byte first. */
function toPixel(red: number, green: number, blue: number): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
