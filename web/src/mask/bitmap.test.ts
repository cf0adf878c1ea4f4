import { expect, test } from 'vitest';
import { countPainted, newBitmap, packBitmap, paintLine, paintRectangle, unpackInto } from './bitmap.ts';
import { emptyHistory, openMaskDocument } from './open-mask-document.ts';

const size = { width: 61, height: 47 };
const ignore = (): void => undefined;

/** How far the middle of a pixel is from the line between two points. */
function distance(x: number, y: number, [a, b]: readonly [number, number][]): number {
  const [ax = 0, ay = 0] = a ?? [];
  const [bx = 0, by = 0] = b ?? [];
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay));
}

test.each([
  ['a dot', [20.3, 20.8], [20.3, 20.8], 6.5],
  ['a line across', [4, 30], [50, 30], 4],
  ['a line down', [30.5, -5], [30.5, 60], 3.2],
  ['a steep line', [10.2, 44.9], [33.7, 2.4], 7.1],
  ['a line that leaves the picture', [-20, -10], [80, 40], 11],
  ['a dot of one pixel', [12.5, 9.5], [12.5, 9.5], 0.5],
] as const)(
  '%s covers the pixels whose middle is within the brush, and no others',
  (_title, a, b, radius) => {
    const bitmap = newBitmap(size);
    const line = [
      { x: a[0], y: a[1] },
      { x: b[0], y: b[1] },
    ] as const;
    const box = paintLine(bitmap, line, radius, 1);
    const wrong = [...bitmap.data.keys()].filter((at) => {
      const [x, y] = [at % size.width, Math.floor(at / size.width)];
      const away = distance(x + 0.5, y + 0.5, [
        [a[0], a[1]],
        [b[0], b[1]],
      ]);
      const isOutsideBox = x < box.left || x >= box.right || y < box.top || y >= box.bottom;
      // On the very edge either is right.
      if (Math.abs(away - radius) < 1e-9) return false;
      return (bitmap.data[at] === 1) !== away < radius || (bitmap.data[at] === 1 && isOutsideBox);
    });
    expect(wrong).toEqual([]);
    expect(countPainted(bitmap)).toBeGreaterThan(0);
  },
);

test('what is packed comes back, and rectangles end at edges of pixels', () => {
  const bitmap = newBitmap(size);
  paintRectangle(
    bitmap,
    [
      { x: 30.4, y: 40 },
      { x: 9.6, y: 5.2 },
    ],
    1,
  );
  expect(countPainted(bitmap)).toBe(20 * 35);
  const again = newBitmap(size);
  unpackInto(again, packBitmap(bitmap));
  expect(again.data).toEqual(bitmap.data);
});

test('undo and redo lead to the same pixels, and after very many steps the oldest only stay painted', () => {
  const document = openMaskDocument(size, emptyHistory, { onPaint: ignore, onHistory: ignore });
  const shots: Uint8Array[] = [];
  for (let step = 0; step < 230; step += 1) {
    shots.push(document.bitmap.data.slice());
    if (step % 7 === 6) document.add({ kind: 'invert' });
    else {
      document.beginStroke(
        { erases: step % 3 === 2, diameter: 5 + (step % 9) },
        { x: step % 61, y: step % 47 },
      );
      document.extendStroke({ x: (step * 7) % 61, y: (step * 5) % 47 });
      document.endStroke();
    }
  }
  const last = document.bitmap.data.slice();
  for (let back = 0; back < 250; back += 1) document.undo();
  expect(document.bitmap.data).toEqual(shots[30]);
  for (let forth = 0; forth < 250; forth += 1) document.redo();
  expect(document.bitmap.data).toEqual(last);
  document.beginStroke({ erases: false, diameter: 30 }, { x: 10, y: 10 });
  document.cancelStroke();
  expect(document.bitmap.data).toEqual(last);
});
