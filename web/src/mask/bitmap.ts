import type { Point, Size } from '../common/view-geometry.ts';

/** One byte for each pixel, row by row: 1 is to be changed, 0 stays. There is nothing between, so edges are crisp. */
export type Bitmap = Size & { readonly data: Uint8Array };

/** Pixels from `left` to before `right`, and from `top` to before `bottom`. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

export function newBitmap({ width, height }: Size): Bitmap {
  return { width, height, data: new Uint8Array(width * height) };
}

export function wholeBox({ width, height }: Size): Box {
  return { left: 0, top: 0, right: width, bottom: height };
}

/**
 * Sets every pixel whose middle is not further than `radius` from the line between two points: what a round brush covers
 * that is drawn along it. Gives the part that may have changed.
 */
export function paintLine(
  bitmap: Bitmap,
  [a, b]: readonly [Point, Point],
  radius: number,
  value: 0 | 1,
): Box {
  const box = clip(bitmap, {
    left: Math.floor(Math.min(a.x, b.x) - radius),
    top: Math.floor(Math.min(a.y, b.y) - radius),
    right: Math.ceil(Math.max(a.x, b.x) + radius),
    bottom: Math.ceil(Math.max(a.y, b.y) + radius),
  });
  const sides = sidesOf(a, b, radius);
  for (let row = box.top; row < box.bottom; row += 1) {
    const y = row + 0.5;
    const cuts = [...cutDisc(a, radius, y), ...cutDisc(b, radius, y), ...cutSides(sides, y)];
    if (cuts.length === 0) continue;
    // The covered shape has no dents, so each row of it is one run.
    fillRun(bitmap, row, Math.min(...cuts), Math.max(...cuts), value);
  }
  return box;
}

/** Sets a rectangle between two corners; its edges go to the nearest edges of pixels. */
export function paintRectangle(bitmap: Bitmap, [a, b]: readonly [Point, Point], value: 0 | 1): Box {
  const box = clip(bitmap, {
    left: Math.round(Math.min(a.x, b.x)),
    top: Math.round(Math.min(a.y, b.y)),
    right: Math.round(Math.max(a.x, b.x)),
    bottom: Math.round(Math.max(a.y, b.y)),
  });
  for (let row = box.top; row < box.bottom; row += 1) {
    const start = row * bitmap.width;
    bitmap.data.fill(value, start + box.left, start + box.right);
  }
  return box;
}

export function invertBitmap({ data }: Bitmap): void {
  for (let at = 0; at < data.length; at += 1) data[at] = 1 - (data[at] ?? 0);
}

/** How many pixels are to be changed. */
export function countPainted({ data }: Bitmap): number {
  let count = 0;
  for (const value of data) count += value;
  return count;
}

/** Eight pixels to a byte, for keeping. */
export function packBitmap({ data }: Bitmap): Uint8Array {
  const packed = new Uint8Array(Math.ceil(data.length / 8));
  for (let at = 0; at < data.length; at += 1) {
    if (data[at] === 1) packed[at >> 3] = (packed[at >> 3] ?? 0) | (1 << (at & 7));
  }
  return packed;
}

/** Puts back what packBitmap took. */
export function unpackInto({ data }: Bitmap, packed: Uint8Array): void {
  for (let at = 0; at < data.length; at += 1) data[at] = ((packed[at >> 3] ?? 0) >> (at & 7)) & 1;
}

function clip({ width, height }: Size, { left, top, right, bottom }: Box): Box {
  return {
    left: Math.min(width, Math.max(0, left)),
    top: Math.min(height, Math.max(0, top)),
    right: Math.max(0, Math.min(width, right)),
    bottom: Math.max(0, Math.min(height, bottom)),
  };
}

function fillRun({ width, data }: Bitmap, row: number, from: number, to: number, value: 0 | 1): void {
  const first = Math.max(0, Math.ceil(from - 0.5));
  const end = Math.min(width, Math.floor(to - 0.5) + 1);
  if (first < end) data.fill(value, row * width + first, row * width + end);
}

/** Where a disc begins and ends on a line across; nothing where the line misses it. */
function cutDisc(middle: Point, radius: number, y: number): readonly number[] {
  const square = radius ** 2 - (y - middle.y) ** 2;
  if (square < 0) return [];
  const half = Math.sqrt(square);
  return [middle.x - half, middle.x + half];
}

type Side = readonly [Point, Point];

/** The four sides of the rectangle between two discs. */
function sidesOf(a: Point, b: Point, radius: number): readonly Side[] {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return [];
  const across = { x: (-(b.y - a.y) / length) * radius, y: ((b.x - a.x) / length) * radius };
  const corners = [
    { x: a.x + across.x, y: a.y + across.y },
    { x: b.x + across.x, y: b.y + across.y },
    { x: b.x - across.x, y: b.y - across.y },
    { x: a.x - across.x, y: a.y - across.y },
  ] as const;
  return [
    [corners[0], corners[1]],
    [corners[1], corners[2]],
    [corners[2], corners[3]],
    [corners[3], corners[0]],
  ];
}

function cutSides(sides: readonly Side[], y: number): readonly number[] {
  return sides.flatMap(([from, to]) => {
    if (from.y === to.y || y < Math.min(from.y, to.y) || y > Math.max(from.y, to.y)) return [];
    return [from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x)];
  });
}
