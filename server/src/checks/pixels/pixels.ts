/** Decoded pixels: four bytes each (red, green, blue, alpha; sRGB, alpha not multiplied in), row by row. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
};

/** Whether any pixel lets something through. */
export function isTranslucent({ data }: Pixels): boolean {
  for (let at = 3; at < data.length; at += 4) {
    if ((data[at] ?? 255) < 255) return true;
  }
  return false;
}

/** Laid on a ground of one grey, 0 to 255; nothing shines through any more. */
export function layOn(pixels: Pixels, grey: number): Pixels {
  const data = new Uint8Array(pixels.data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (pixels.data[at + 3] ?? 255) / 255;
    for (let channel = 0; channel < 3; channel += 1) {
      data[at + channel] = Math.round((pixels.data[at + channel] ?? 0) * alpha + grey * (1 - alpha));
    }
    data[at + 3] = 255;
  }
  return { ...pixels, data };
}

/** Brightness as the eye weighs the colours (Rec. 601), 0 to 255. */
export function toLuma({ data, width, height }: Pixels): Float32Array {
  const luma = new Float32Array(width * height);
  for (let at = 0; at < luma.length; at += 1) {
    luma[at] =
      0.299 * (data[at * 4] ?? 0) + 0.587 * (data[at * 4 + 1] ?? 0) + 0.114 * (data[at * 4 + 2] ?? 0);
  }
  return luma;
}
