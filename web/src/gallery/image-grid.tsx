import { Loader } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { GalleryImage } from '@pictor/sdk';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useVirtualList } from '../common/use-virtual-list.ts';
import classes from './image-grid.module.css';
import { ImageTile } from './image-tile.tsx';
import { type GridRow, layOutGrid, nameMonth, placeAfterKey } from './lay-out-grid.ts';
import type { Selection } from './use-selection.ts';

type ImageGridProps = {
  readonly images: readonly GalleryImage[];
  readonly selection: Selection;
  /** More can be loaded, and is on its way when the end comes near. */
  readonly hasMore: boolean;
  readonly onEnd: () => void;
  readonly onOpen: (index: number) => void;
};

const gap = 10;
const monthHeight = 52;
const narrowTile = 108;
const wideTile = 176;
/** Pixels at the top that the bar of words and filters covers. */
const barHeight = 64;

/** Images in lines of squares, of which only those near the window are in the document. */
export function ImageGrid({ images, selection, hasMore, onEnd, onOpen }: ImageGridProps) {
  const listRef = useRef<HTMLUListElement>(null);
  const { ref: widthRef, width } = useElementSize<HTMLDivElement>();
  const columns = Math.max(2, Math.floor((width + gap) / ((width < 640 ? narrowTile : wideTile) + gap)));
  const tile = (width - gap * (columns - 1)) / columns;
  const rows = useMemo(() => (width === 0 ? [] : layOutGrid(images, columns)), [images, columns, width]);
  const rowHeight = useCallback(
    (index: number) => (rows[index]?.kind === 'month' ? monthHeight : tile + gap),
    [rows, tile],
  );
  const rowKey = useCallback((index: number) => keyOf(rows[index], images), [rows, images]);
  const [active, setActive] = useState(0);
  const isMoved = useRef(false);
  const keptRow = rows.findIndex((row) => row.kind === 'images' && active <= row.last);
  const list = useVirtualList({
    listRef,
    count: rows.length,
    rowHeight,
    rowKey,
    keptRow: keptRow === -1 ? undefined : keptRow,
    covered: barHeight,
  });

  const lastRow = list.rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && rows.length > 0 && lastRow >= rows.length - 8) onEnd();
  }, [hasMore, lastRow, rows.length, onEnd]);

  // The focus follows the keys: the tile is in the document once its line was scrolled to.
  useEffect(() => {
    if (!isMoved.current) return;
    isMoved.current = false;
    listRef.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)?.focus({ preventScroll: true });
  }, [active]);
  const moveTo = (index: number): void => {
    isMoved.current = true;
    setActive(index);
    const row = rows.findIndex((each) => each.kind === 'images' && index <= each.last);
    if (row !== -1) list.scrollToRow(row);
  };
  const press = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') selection.all();
    else if (event.key === ' ') selection.toggle(active);
    else if (event.key === 'Escape' && selection.ids.size > 0) selection.clear();
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else {
      const next = placeAfterKey(rows, active, event.key, images.length);
      if (next === null) return;
      if (event.shiftKey) {
        if (selection.ids.size === 0) selection.toggle(active);
        selection.extend(next);
      }
      moveTo(next);
    }
    event.preventDefault();
  };
  useFirstKey((key) => {
    if (images.length > 0) moveTo(key === 'j' || key === 'k' ? active : 0);
  });

  return (
    <div ref={widthRef} className={classes.grid}>
      <ul
        ref={listRef}
        className={classes.list}
        aria-label="Images"
        style={{ height: list.height }}
        onKeyDown={press}
      >
        {list.rows.map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const top = start - list.top;
          if (row.kind === 'month') {
            return (
              <li key={row.month} className={classes.month} style={{ top }}>
                <h2>{nameMonth(row.month)}</h2>
              </li>
            );
          }
          return images
            .slice(row.first, row.last + 1)
            .map((image, at) => (
              <ImageTile
                key={image.id}
                image={image}
                index={row.first + at}
                style={{ top, left: at * (tile + gap), width: tile, height: tile }}
                isActive={row.first + at === active}
                isChosen={selection.ids.has(image.id)}
                isChoosing={selection.ids.size > 0}
                selection={selection}
                onFocus={setActive}
                onOpen={onOpen}
              />
            ));
        })}
      </ul>
      {hasMore && <Loader className={classes.more} size="sm" color="gray" aria-label="Loading more images" />}
    </div>
  );
}

function keyOf(row: GridRow | undefined, images: readonly GalleryImage[]): string {
  if (row === undefined) return '';
  return row.kind === 'month' ? row.month : (images[row.first]?.id ?? '');
}

/** The first j, k or arrow while nothing has the focus goes into the list. */
function useFirstKey(enter: (key: string) => void): void {
  const latest = useRef(enter);
  useEffect(() => {
    latest.current = enter;
  });
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent): void => {
      const isFree = document.activeElement === null || document.activeElement === document.body;
      if (!isFree || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!['j', 'k', 'ArrowDown', 'ArrowRight'].includes(event.key)) return;
      event.preventDefault();
      latest.current(event.key);
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}
