import type { PictureSource } from '../compose/scene-plan.ts';
import { fromPixels, type Pixels, toPixels } from '../effects/pixels.ts';
import { openPicture } from './open-picture.ts';
import { maxPictureEdge } from './picture-limits.ts';

/** A sent picture, small, with a plain ground removed; a picture without one stays a rectangle. */
export async function cutOut(bytes: Uint8Array): Promise<PictureSource> {
  const whole = await openPicture(bytes);
  const share = Math.min(1, maxPictureEdge / Math.max(whole.width, whole.height));
  const small = await toPixels(
    fromPixels(whole).resize(
      Math.max(1, Math.round(whole.width * share)),
      Math.max(1, Math.round(whole.height * share)),
      { fit: 'fill' },
    ),
  );
  const ground = findGround(small);
  if (ground === null)
    return { href: await toHref(small), aspect: small.width / small.height, cut: hasHoles(small) };
  for (let pixel = 0; pixel < ground.length; pixel += 1)
    if (ground[pixel] === 1) small.data[pixel * 4 + 3] = 0;
  const trimmed = trim(small);
  return { href: await toHref(trimmed), aspect: trimmed.width / trimmed.height, cut: true };
}

async function toHref(pixels: Pixels): Promise<string> {
  const png = await fromPixels(pixels).png({ compressionLevel: 6 }).toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

function hasHoles({ data }: Pixels): boolean {
  for (let at = 3; at < data.length; at += 64) if ((data[at] ?? 255) < 128) return true;
  return false;
}

/** Marks what is connected to the edges and has their colour; null where that is next to nothing or nearly all. */
function findGround({ data, width, height }: Pixels): Uint8Array | null {
  const marks = new Uint8Array(width * height);
  const queue: number[] = [];
  const near = (a: number, b: number) => {
    const [p, q] = [a * 4, b * 4];
    return (
      Math.abs((data[p] ?? 0) - (data[q] ?? 0)) +
        Math.abs((data[p + 1] ?? 0) - (data[q + 1] ?? 0)) +
        Math.abs((data[p + 2] ?? 0) - (data[q + 2] ?? 0)) <
      26
    );
  };
  const corners = [0, width - 1, (height - 1) * width, height * width - 1];
  const first = corners[0] ?? 0;
  if (!corners.every((corner) => near(corner, first) || (data[corner * 4 + 3] ?? 255) < 20)) return null;
  for (const corner of corners) {
    marks[corner] = 1;
    queue.push(corner);
  }
  let count = 0;
  while (queue.length > 0) {
    const pixel = queue.pop() ?? 0;
    count += 1;
    const x = pixel % width;
    const neighbours = [x > 0 ? pixel - 1 : -1, x < width - 1 ? pixel + 1 : -1, pixel - width, pixel + width];
    for (const next of neighbours) {
      if (next < 0 || next >= marks.length || marks[next] === 1 || !(near(next, pixel) && near(next, first)))
        continue;
      marks[next] = 1;
      queue.push(next);
    }
  }
  const share = count / marks.length;
  return share > 0.08 && share < 0.94 ? marks : null;
}

function trim({ data, width, height }: Pixels): Pixels {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((data[(y * width + x) * 4 + 3] ?? 0) < 10) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (right < left || bottom < top) return { data, width, height };
  const out = { width: right - left + 1, height: bottom - top + 1 };
  const part = new Uint8Array(out.width * out.height * 4);
  for (let y = 0; y < out.height; y += 1)
    part.set(
      data.subarray(((y + top) * width + left) * 4, ((y + top) * width + right + 1) * 4),
      y * out.width * 4,
    );
  return { data: part, ...out };
}
