import { fromPixels, type Pixels, toPixels } from '../effects/pixels.ts';

/** Where the main thing of a picture is, as shares of width and height. */
export type Subject = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly headX: number;
};

const grid = 48;

/** Looks for what differs from the colours along the border. Without a clear answer: the middle. */
export async function findSubject(base: Pixels): Promise<Subject> {
  const { data } = await toPixels(
    fromPixels(base).flatten({ background: '#ffffff' }).resize(grid, grid, { fit: 'fill' }),
  );
  const at = (x: number, y: number, channel: number) => data[(y * grid + x) * 4 + channel] ?? 0;
  const differs = (x: number, y: number): boolean => {
    const rim = [
      [0, y],
      [grid - 1, y],
    ] as const;
    return rim.every(
      ([rx, ry]) =>
        Math.abs(at(x, y, 0) - at(rx, ry, 0)) +
          Math.abs(at(x, y, 1) - at(rx, ry, 1)) +
          Math.abs(at(x, y, 2) - at(rx, ry, 2)) >
        70,
    );
  };
  const rows: number[][] = [];
  for (let y = 2; y < grid - 1; y += 1) {
    const row: number[] = [];
    for (let x = 4; x < grid - 4; x += 1) if (differs(x, y)) row.push(x);
    rows.push(row);
  }
  const filled = rows.map((row, index) => ({ row, y: index + 2 })).filter(({ row }) => row.length >= 3);
  const first = filled[0];
  const last = filled.at(-1);
  const all = filled.flatMap(({ row }) => row);
  if (first === undefined || last === undefined || all.length < 40 || all.length > grid * grid * 0.8)
    return { left: 0.3, right: 0.7, top: 0.26, bottom: 0.84, headX: 0.5 };
  const sorted = all.toSorted((a, b) => a - b);
  const share = (part: number) => (sorted[Math.floor((sorted.length - 1) * part)] ?? 24) / grid;
  const head = filled.filter(({ y }) => y <= first.y + (last.y - first.y) * 0.3).flatMap(({ row }) => row);
  const headX = head.reduce((sum, x) => sum + x, 0) / Math.max(1, head.length) / grid;
  return {
    left: share(0.04),
    right: share(0.96) + 1 / grid,
    top: first.y / grid,
    bottom: (last.y + 1) / grid,
    headX: headX + 0.5 / grid,
  };
}
