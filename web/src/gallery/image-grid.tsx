import { Loader } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { GalleryImage } from '@pictor/sdk';
import { type KeyboardEvent, useCallback, useMemo, useRef } from 'react';
import { useListKeys } from '../common/use-list-keys.ts';
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
  const rowOf = (index: number): number =>
    rows.findIndex((row) => row.kind === 'images' && index <= row.last);
  const keys = useListKeys(
    listRef,
    images.length,
    (index) => list.scrollToRow(rowOf(index)),
    (from, key) => placeAfterKey(rows, from, key, images.length),
  );
  const { active } = keys;
  const keptRow = rowOf(active);
  const list = useVirtualList({
    listRef,
    count: rows.length,
    rowHeight,
    rowKey,
    keptRow: keptRow === -1 ? undefined : keptRow,
    covered: barHeight,
    hasMore,
    onEnd,
  });

  const press = (event: KeyboardEvent): void => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === 'a') selection.all();
    else if (!isCommand && event.key === ' ') selection.toggle(active);
    else if (event.key === 'Escape' && selection.ids.size > 0) selection.clear();
    else {
      chooseAlong(event);
      return;
    }
    event.preventDefault();
  };
  /** With the shift key, what lies between here and there is chosen on the way. */
  const chooseAlong = (event: KeyboardEvent): void => {
    const next = event.shiftKey ? placeAfterKey(rows, active, event.key, images.length) : null;
    if (next !== null) {
      if (selection.ids.size === 0) selection.toggle(active);
      selection.extend(next);
    }
    keys.onKeyDown(event);
  };

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
                onFocus={keys.onFocus}
                onOpen={onOpen}
              />
            ));
        })}
      </ul>
      {hasMore && (
        <Loader
          className={classes.more}
          size="sm"
          color="gray"
          role="status"
          aria-label="Loading more images"
        />
      )}
    </div>
  );
}

function keyOf(row: GridRow | undefined, images: readonly GalleryImage[]): string {
  if (row === undefined) return '';
  return row.kind === 'month' ? row.month : (images[row.first]?.id ?? '');
}
