import { Loader } from '@mantine/core';
import type { RequestSummary } from '@pictor/sdk';
import { useRef } from 'react';
import { useListKeys } from '../common/use-list-keys.ts';
import { useVirtualList } from '../common/use-virtual-list.ts';
import { RequestLine } from './request-line.tsx';
import classes from './request-lines.module.css';

type RequestLinesProps = {
  readonly rows: readonly RequestSummary[];
  /** More can be loaded, and is on its way when the end comes near. */
  readonly hasMore: boolean;
  readonly onEnd: () => void;
};

const lineHeight = 68;
const names = ['Request', 'Status', 'Model', 'Latency', 'Cost', 'When'] as const;

/** Requests one below the other, of which only those near the window are in the document. */
export function RequestLines({ rows, hasMore, onEnd }: RequestLinesProps) {
  const listRef = useRef<HTMLOListElement>(null);
  const keys = useListKeys(listRef, rows.length, (index) => list.scrollToRow(index));
  const list = useVirtualList({
    listRef,
    count: rows.length,
    rowHeight,
    rowKey,
    keptRow: keys.active,
    hasMore,
    onEnd,
  });
  return (
    <>
      <div className={classes.names} aria-hidden>
        {names.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <ol
        ref={listRef}
        className={classes.list}
        aria-label="Requests"
        style={{ height: list.height }}
        onKeyDown={keys.onKeyDown}
      >
        {list.rows.map(({ index, start }) => {
          const request = rows[index];
          if (request === undefined) return null;
          return (
            <RequestLine
              key={request.id}
              request={request}
              index={index}
              style={{ top: start - list.top, height: lineHeight }}
              isActive={index === keys.active}
              onFocus={keys.onFocus}
            />
          );
        })}
      </ol>
      {hasMore && rows.length > 0 && (
        <Loader
          className={classes.more ?? ''}
          size="sm"
          color="gray"
          role="status"
          aria-label="Loading more requests"
        />
      )}
    </>
  );
}

const rowHeight = (): number => lineHeight;
const rowKey = String;
