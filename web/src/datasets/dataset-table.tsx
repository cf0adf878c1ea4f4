import { Button, Checkbox, Loader } from '@mantine/core';
import type { Dataset, DatasetField, DatasetRow } from '@pictor/sdk';
import { useCallback, useRef, useState } from 'react';
import { ConfirmDialog } from '../common/confirm-dialog.tsx';
import { EmptyState } from '../common/empty-state.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { useVirtualList } from '../common/use-virtual-list.ts';
import classes from './dataset-table.module.css';
import { writeValue } from './read-value.ts';
import { RowDialog } from './row-dialog.tsx';
import { useDatasetChange, useDatasetRows } from './use-datasets.ts';

type DatasetTableProps = {
  readonly dataset: Dataset;
  /** Absent: the draft, whose rows can be changed. */
  readonly version: number | undefined;
  readonly onImport: () => void;
};

const plainPixels = 44;
const picturePixels = 72;

/** The rows of a dataset with their pictures; only those in view are in the document. */
export function DatasetTable({ dataset, version, onImport }: DatasetTableProps) {
  const rows = useDatasetRows(dataset.id, version);
  const [edited, setEdited] = useState<DatasetRow>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isDeleting, setDeleting] = useState(false);
  const loaded = rows.data?.pages.flatMap((page) => page.data) ?? [];
  if (rows.error !== null)
    return (
      <ErrorNotice
        title="The rows could not be loaded"
        error={rows.error}
        onRetry={() => void rows.refetch()}
      />
    );
  if (rows.data === undefined) return <Loader m="lg" size="sm" color="gray" aria-label="Loading the rows" />;
  if (loaded.length === 0)
    return (
      <EmptyState title="No rows yet" actions={<Button onClick={onImport}>Import rows</Button>}>
        Import a CSV or JSONL file, pictures, or requests; or add rows by hand. A row holds the values of a
        prompt’s variables, and what its result is to be compared with.
      </EmptyState>
    );
  const isDraft = version === undefined;
  const toggle = (id: string): void =>
    setChosen((now) => new Set(now.has(id) ? [...now].filter((other) => other !== id) : [...now, id]));
  return (
    <>
      {chosen.size > 0 && (
        <div className={classes.bar} role="toolbar" aria-label="Chosen rows">
          <span>{chosen.size === 1 ? '1 row chosen' : `${chosen.size} rows chosen`}</span>
          <Button size="xs" variant="default" onClick={() => setChosen(new Set())}>
            Choose none
          </Button>
          <Button size="xs" color="red" variant="light" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        </div>
      )}
      <Rows
        fields={dataset.fields}
        rows={loaded}
        total={rows.data.pages[0]?.total ?? 0}
        hasMore={rows.hasNextPage}
        onEnd={() => void (rows.isFetchingNextPage || rows.fetchNextPage())}
        chosen={chosen}
        onChoose={isDraft ? toggle : undefined}
        onOpen={isDraft ? setEdited : undefined}
      />
      {edited !== undefined && (
        <RowDialog dataset={dataset} row={edited} onClose={() => setEdited(undefined)} />
      )}
      {isDeleting && (
        <DeleteRows
          dataset={dataset}
          ids={[...chosen]}
          onDone={() => setChosen(new Set())}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  );
}

type RowsProps = {
  readonly fields: readonly DatasetField[];
  readonly rows: readonly DatasetRow[];
  readonly total: number;
  readonly hasMore: boolean;
  readonly onEnd: () => void;
  readonly chosen: ReadonlySet<string>;
  /** Absent: rows cannot be chosen. */
  readonly onChoose: ((id: string) => void) | undefined;
  readonly onOpen: ((row: DatasetRow) => void) | undefined;
};

function Rows({ fields, rows, total, hasMore, onEnd, chosen, onChoose, onOpen }: RowsProps) {
  const listRef = useRef<HTMLDivElement>(null);
  const rowKey = useCallback((index: number) => rows[index]?.id ?? String(index), [rows]);
  const hasPictures = fields.some(({ kind }) => kind === 'image' || kind === 'mask');
  const rowPixels = hasPictures ? picturePixels : plainPixels;
  const rowHeight = useCallback(() => rowPixels, [rowPixels]);
  const list = useVirtualList({ listRef, count: rows.length, rowHeight, rowKey, hasMore, onEnd });
  const style = { '--fields': fields.length } as React.CSSProperties;
  return (
    <section
      className={classes.scroller}
      data-scrolls-sideways
      aria-label={`Rows, ${total} in all`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      style={style}
    >
      <div className={classes.head}>
        <span className={classes.number}>#</span>
        {fields.map((field) => (
          <span key={field.name} title={field.kind}>
            {field.name}
          </span>
        ))}
      </div>
      <div ref={listRef} className={classes.body} style={{ height: list.height }}>
        {list.rows.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={item.key}
              className={classes.row}
              style={{ height: rowPixels, transform: `translateY(${item.start - list.top}px)` }}
            >
              <span className={classes.number}>
                {onChoose === undefined ? (
                  row.position + 1
                ) : (
                  <Checkbox
                    size="xs"
                    label={row.position + 1}
                    aria-label={`Choose row ${row.position + 1}`}
                    checked={chosen.has(row.id)}
                    onChange={() => onChoose(row.id)}
                  />
                )}
              </span>
              {fields.map((field, index) => (
                <Value key={field.name} row={row} field={field} onOpen={index === 0 ? onOpen : undefined} />
              ))}
            </div>
          );
        })}
      </div>
    </section>
  );
}

type ValueProps = {
  readonly row: DatasetRow;
  readonly field: DatasetField;
  /** Given for the cell that opens the row. */
  readonly onOpen: ((row: DatasetRow) => void) | undefined;
};

function Value({ row, field, onOpen }: ValueProps) {
  const pictures = row.images[field.name] ?? [];
  const text = pictures.length > 0 ? '' : writeValue(row.values[field.name]);
  const content =
    pictures.length > 0 ? (
      <span className={classes.pictures}>
        {pictures.map((picture) => (
          <img
            key={picture.id}
            src={picture.thumbnail_url}
            alt={`${field.name} ${picture.id}`}
            height={56}
            loading="lazy"
          />
        ))}
      </span>
    ) : (
      <span className={classes.text}>{text}</span>
    );
  if (onOpen === undefined) return <span className={classes.cell}>{content}</span>;
  return (
    <button
      type="button"
      className={classes.open}
      aria-label={text === '' ? `Edit row ${row.position + 1}` : `Edit row ${row.position + 1}: ${text}`}
      onClick={() => onOpen(row)}
    >
      {content}
    </button>
  );
}

type DeleteRowsProps = {
  readonly dataset: Dataset;
  readonly ids: readonly string[];
  readonly onDone: () => void;
  readonly onClose: () => void;
};

function DeleteRows({ dataset, ids, onDone, onClose }: DeleteRowsProps) {
  const remove = useDatasetChange((pictor, rows: readonly string[]) =>
    pictor.datasets.removeRows(dataset.id, rows),
  );
  return (
    <ConfirmDialog
      title={ids.length === 1 ? 'Delete this row?' : `Delete ${ids.length} rows?`}
      act="Delete"
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(ids);
        onDone();
      }}
    >
      They leave the draft. Versions that are published keep them.
    </ConfirmDialog>
  );
}
