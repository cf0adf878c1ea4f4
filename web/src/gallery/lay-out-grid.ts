import type { GalleryImage } from '@pictor/sdk';

/** A line of the grid: the name of a month, or some images by their places in the list. */
export type GridRow =
  | { readonly kind: 'month'; readonly month: string }
  | { readonly kind: 'images'; readonly first: number; readonly last: number };

/** `2026-11` of a time in unix seconds; months are those of UTC, as everywhere on the server. */
export function monthOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 7);
}

/** `2026-11` → `November 2026`. */
export function nameMonth(month: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** The lines of a list of images: months, and so many beside each other. */
export function layOutGrid(images: readonly GalleryImage[], columns: number): GridRow[] {
  const rows: GridRow[] = [];
  let month = '';
  for (let index = 0; index < images.length; ) {
    const here = monthOf(images[index]?.created_at ?? 0);
    if (here !== month) rows.push({ kind: 'month', month: here });
    month = here;
    let last = index;
    while (last + 1 < images.length && last - index + 1 < columns) {
      if (monthOf(images[last + 1]?.created_at ?? 0) !== here) break;
      last += 1;
    }
    rows.push({ kind: 'images', first: index, last });
    index = last + 1;
  }
  return rows;
}

/** The place that an arrow key leads to from one image: a line up or down keeps the column as far as it can. */
export function placeAfterKey(
  rows: readonly GridRow[],
  from: number,
  key: string,
  count: number,
): number | null {
  const clamp = (index: number): number => Math.max(0, Math.min(count - 1, index));
  switch (key) {
    case 'ArrowLeft':
    case 'k':
      return clamp(from - 1);
    case 'ArrowRight':
    case 'j':
      return clamp(from + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'ArrowUp':
    case 'ArrowDown':
      return placeInNextLine(rows, from, key === 'ArrowUp' ? -1 : 1);
    default:
      return null;
  }
}

function placeInNextLine(rows: readonly GridRow[], from: number, step: 1 | -1): number {
  const lines = rows.filter((row) => row.kind === 'images');
  const at = lines.findIndex((line) => from >= line.first && from <= line.last);
  const [here, next] = [lines[at], lines[at + step]];
  if (here === undefined || next === undefined) return from;
  return Math.min(next.last, next.first + from - here.first);
}
