import { copyPixels, openNoise, type Pixels } from '../effects/pixels.ts';

const cells = 40;

/** A copy in which open pixels carry on the colours around the opening, softly, with a little of the picture's grain. */
export function fillFromAround(base: Pixels, open: Uint8Array): Pixels {
  const { width, height } = base;
  const columns = Math.max(1, Math.min(cells, width));
  const rows = Math.max(1, Math.min(cells, height));
  const grid = spread(average(base, open, columns, rows), columns, rows);
  const noise = openNoise('ground');
  const out = copyPixels(base);
  for (let pixel = 0; pixel < open.length; pixel += 1) {
    if ((open[pixel] ?? 0) === 0) continue;
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const gx = Math.min(columns - 1, Math.max(0, ((x + 0.5) / width) * columns - 0.5));
    const gy = Math.min(rows - 1, Math.max(0, ((y + 0.5) / height) * rows - 0.5));
    const left = Math.floor(gx);
    const top = Math.floor(gy);
    const right = Math.min(columns - 1, left + 1);
    const bottom = Math.min(rows - 1, top + 1);
    const [fx, fy] = [gx - left, gy - top];
    const grain = (noise(x / 3, y / 3) - 0.5) * 5;
    for (let channel = 0; channel < 3; channel += 1) {
      const at = (row: number, column: number) => grid[(row * columns + column) * 4 + channel] ?? 0;
      const value =
        (at(top, left) * (1 - fx) + at(top, right) * fx) * (1 - fy) +
        (at(bottom, left) * (1 - fx) + at(bottom, right) * fx) * fy;
      out.data[pixel * 4 + channel] = Math.max(0, Math.min(255, value + grain));
    }
    out.data[pixel * 4 + 3] = 255;
  }
  return out;
}

/** Mean colour of what stays, for every cell; the fourth number is how much of it there is. */
function average(
  { data, width, height }: Pixels,
  open: Uint8Array,
  columns: number,
  rows: number,
): Float32Array {
  const sums = new Float32Array(columns * rows * 4);
  for (let pixel = 0; pixel < open.length; pixel += 1) {
    if ((open[pixel] ?? 0) > 0 || (data[pixel * 4 + 3] ?? 0) < 128) continue;
    const column = Math.min(columns - 1, Math.floor(((pixel % width) * columns) / width));
    const row = Math.min(rows - 1, Math.floor((((pixel / width) | 0) * rows) / height));
    const cell = (row * columns + column) * 4;
    for (let channel = 0; channel < 3; channel += 1)
      sums[cell + channel] = (sums[cell + channel] ?? 0) + (data[pixel * 4 + channel] ?? 0);
    sums[cell + 3] = (sums[cell + 3] ?? 0) + 1;
  }
  for (let cell = 0; cell < sums.length; cell += 4) {
    const count = sums[cell + 3] ?? 0;
    if (count === 0) continue;
    for (let channel = 0; channel < 3; channel += 1)
      sums[cell + channel] = (sums[cell + channel] ?? 0) / count;
    sums[cell + 3] = 1;
  }
  return sums;
}

/** Lets the known cells flow into the empty ones, ring by ring, then smooths those. */
function spread(start: Float32Array, columns: number, rows: number): Float32Array {
  let grid = start;
  for (let round = 0; round < columns + rows; round += 1) {
    let missing = 0;
    const next = new Float32Array(grid);
    for (let cell = 0; cell < columns * rows; cell += 1) {
      if ((grid[cell * 4 + 3] ?? 0) > 0) continue;
      const sum = [0, 0, 0, 0];
      for (const near of neighbours(cell, columns, rows)) {
        if ((grid[near * 4 + 3] ?? 0) === 0) continue;
        for (let channel = 0; channel < 4; channel += 1)
          sum[channel] = (sum[channel] ?? 0) + (grid[near * 4 + channel] ?? 0);
      }
      const count = sum[3] ?? 0;
      if (count === 0) {
        missing += 1;
        continue;
      }
      for (let channel = 0; channel < 4; channel += 1) next[cell * 4 + channel] = (sum[channel] ?? 0) / count;
    }
    grid = next;
    if (missing === 0) break;
  }
  for (let at = 3; at < grid.length; at += 4) {
    if ((grid[at] ?? 0) > 0) continue;
    for (let channel = 0; channel < 3; channel += 1) grid[at - 3 + channel] = [226, 214, 196][channel] ?? 200;
  }
  return grid;
}

function neighbours(cell: number, columns: number, rows: number): number[] {
  const x = cell % columns;
  const y = Math.floor(cell / columns);
  const list: number[] = [];
  for (const [dx, dy] of [
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
    [-1, -1],
    [1, 1],
    [-1, 1],
    [1, -1],
  ] as const) {
    if (x + dx >= 0 && x + dx < columns && y + dy >= 0 && y + dy < rows)
      list.push((y + dy) * columns + x + dx);
  }
  return list;
}
