import { VisuallyHidden } from '@mantine/core';
import type { EvaluationRow, EvaluationRun } from '@pictor/sdk';
import { useCallback, useRef } from 'react';
import { useListKeys } from '../../common/use-list-keys.ts';
import { useVirtualList } from '../../common/use-virtual-list.ts';
import { VerdictMark } from '../verdict-mark.tsx';
import { CellView } from './cell-view.tsx';
import classes from './run-grid.module.css';

type RunGridProps = {
  readonly run: EvaluationRun;
  readonly rows: readonly EvaluationRow[];
  readonly total: number;
  readonly hasMore: boolean;
  readonly onEnd: () => void;
  /** Shows a row large. */
  readonly onOpen: (rowId: string) => void;
};

const rowPixels = 104;
const rowHeight = (): number => rowPixels;

/** Rows by columns. Arrow keys go through the rows, Enter shows one large; only rows in view are in the document. */
export function RunGrid({ run, rows, total, hasMore, onEnd, onOpen }: RunGridProps) {
  const listRef = useRef<HTMLDivElement>(null);
  const rowKey = useCallback((index: number) => rows[index]?.id ?? String(index), [rows]);
  const keptRow = useRef(0);
  const list = useVirtualList({
    listRef,
    count: rows.length,
    rowHeight,
    rowKey,
    keptRow: keptRow.current,
    hasMore,
    onEnd,
  });
  const keys = useListKeys(listRef, rows.length, list.scrollToRow);
  keptRow.current = keys.active;
  const style = { '--columns': run.columns.length } as React.CSSProperties;
  return (
    <section
      className={classes.scroller}
      data-scrolls-sideways
      aria-label={`Grid, ${total} rows`}
      style={style}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
    >
      <div className={classes.head}>
        <span>Row</span>
        {run.columns.map((column) => (
          <span key={column.id ?? column.name} title={column.type}>
            {column.name}
          </span>
        ))}
      </div>
      <div ref={listRef} className={classes.body} style={{ height: list.height }}>
        {list.rows.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <button
              key={item.key}
              type="button"
              data-index={item.index}
              className={classes.row}
              style={{ height: rowPixels, transform: `translateY(${item.start - list.top}px)` }}
              tabIndex={item.index === keys.active ? 0 : -1}
              onFocus={() => keys.onFocus(item.index)}
              onKeyDown={keys.onKeyDown}
              onClick={() => onOpen(row.id)}
            >
              <RowHead row={row} />
              {run.columns.map((column) => (
                <CellView
                  key={column.id ?? column.name}
                  cell={row.cells.find((cell) => cell.column === column.id)}
                />
              ))}
            </button>
          );
        })}
      </div>
    </section>
  );
}

/** The number of a row, its verdict, and what it is about. */
function RowHead({ row }: { readonly row: EvaluationRow }) {
  const pictures = Object.values(row.images).flat();
  const words = Object.values(row.values).filter((value) => typeof value === 'string');
  return (
    <span className={classes.rowHead}>
      <span className={classes.number}>
        <span>
          <VisuallyHidden>Row </VisuallyHidden>
          {row.position + 1}
        </span>
        <VerdictMark verdict={row.verdict} score={row.score} />
      </span>
      {pictures[0] === undefined ? (
        <span className={classes.words}>{words.join(' · ')}</span>
      ) : (
        <img src={pictures[0].thumbnail_url} alt="" height={60} loading="lazy" />
      )}
    </span>
  );
}
