import { Button, CloseButton } from '@mantine/core';
import type { LedgerEntry, SpendGroup } from '@pictor/sdk';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatUsd } from '../common/format-values.ts';
import { usePictor } from '../common/pictor-context.ts';
import { RelativeTime } from '../common/relative-time.tsx';
import { saveStream } from '../common/save-stream.ts';
import classes from './entry-list.module.css';
import { type DayPeriod, formatDay } from './spend-period.ts';
import tableClasses from './spend-table.module.css';
import { type EntriesQuery, useEntries } from './use-spend.ts';

type EntryListProps = {
  readonly by: SpendGroup;
  readonly period: DayPeriod;
  readonly nameOf: (group: string | null) => string;
};

/** Entries of the ledger: each call of an engine, with what it counted and cost. */
export function EntryList({ by, period, nameOf }: EntryListProps) {
  const { group, day } = useSearch({ from: '/spend' });
  const navigate = useNavigate({ from: '/spend' });
  const pictor = usePictor();
  const query = toQuery(by, period, group, day);
  const entries = useEntries(query);
  const save = useMutation({
    mutationFn: async () =>
      await saveStream(await pictor.spend.exportEntries(query), 'ledger.csv', () => undefined),
  });
  const rows = entries.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <section id="entries" aria-label="Ledger" className={classes.section}>
      <div className={classes.head}>
        <h2 className={classes.title}>Ledger</h2>
        {group !== undefined && (
          <Chip
            text={nameOf(group === '' ? null : group)}
            onClose={() => void navigate({ search: (search) => ({ ...search, group: undefined }) })}
          />
        )}
        {day !== undefined && (
          <Chip
            text={formatDay(day)}
            onClose={() => void navigate({ search: (search) => ({ ...search, day: undefined }) })}
          />
        )}
        <span className={classes.space} />
        <Button size="xs" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
          Entries as CSV
        </Button>
      </div>
      <p className={classes.about}>
        Every call of an engine is an entry; what a request cost is the sum of its entries.
      </p>
      {(entries.error ?? save.error) !== null && (
        <ErrorNotice
          title="The ledger could not be read"
          error={entries.error ?? save.error ?? new Error()}
          onRetry={() => void entries.refetch()}
        />
      )}
      {entries.data !== undefined && rows.length === 0 && (
        <p className={classes.about}>There is no entry in this choice.</p>
      )}
      {rows.length > 0 && (
        <section className={tableClasses.frame} data-scrolls-sideways aria-label="Entries">
          <table className={tableClasses.table}>
            <thead>
              <tr>
                <th scope="col">Model</th>
                <th scope="col">When</th>
                <th scope="col">Outcome</th>
                <th scope="col">Cost</th>
                <th scope="col">Tokens in</th>
                <th scope="col">Tokens out</th>
                <th scope="col">Images</th>
                <th scope="col">Price of</th>
                <th scope="col">Request</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((entry) => (
                <EntryRow key={entry.id} entry={entry} />
              ))}
            </tbody>
          </table>
          {entries.hasNextPage && (
            <div className={tableClasses.more}>
              <Button
                size="xs"
                variant="default"
                loading={entries.isFetchingNextPage}
                onClick={() => void entries.fetchNextPage()}
              >
                Older entries
              </Button>
            </div>
          )}
        </section>
      )}
    </section>
  );
}

function Chip({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  return (
    <span className={classes.chip}>
      {text}
      <CloseButton size="xs" aria-label={`All again, not only ${text}`} onClick={onClose} />
    </span>
  );
}

function EntryRow({ entry }: { readonly entry: LedgerEntry }) {
  const { usage } = entry;
  return (
    <tr>
      <th scope="row">
        {entry.model}
        <span className={classes.small}>
          {entry.engine === entry.provider ? entry.provider : `${entry.engine} for ${entry.provider}`}
          {entry.attempt > 1 && `, try ${entry.attempt}`}
          {entry.kind === 'mainline' && ', words'}
        </span>
      </th>
      <td>
        <RelativeTime at={entry.created_at} />
      </td>
      <td>{entry.error_kind ?? entry.outcome}</td>
      <td>
        {entry.cost === null ? <span className={tableClasses.unknown}>unknown</span> : formatUsd(entry.cost)}
        {entry.corrected && <span className={classes.small}>corrected</span>}
      </td>
      <td>{tokens(usage?.text_in, usage?.image_in)}</td>
      <td>{tokens(usage?.text_out, usage?.image_out)}</td>
      <td>{entry.images.length}</td>
      <td>{entry.price_row === null ? '–' : entry.price_row.split('/').at(-1)}</td>
      <td>
        {entry.request === null ? (
          'gone'
        ) : (
          <Link to="/requests/$requestId" params={{ requestId: entry.request }}>
            open
          </Link>
        )}
      </td>
    </tr>
  );
}

/** Null: it was not told; both together where either is known. */
function tokens(text: number | null | undefined, image: number | null | undefined): string {
  const known = [text, image].filter((count) => typeof count === 'number');
  return known.length === 0 ? '–' : known.reduce((sum, count) => sum + count, 0).toLocaleString('en');
}

function toQuery(
  by: SpendGroup,
  period: DayPeriod,
  group: string | undefined,
  day: string | undefined,
): EntriesQuery {
  const days = day === undefined ? period : { from: day, to: day };
  const isFiltered = group !== undefined && by !== 'day' && by !== 'project';
  return isFiltered ? { ...days, [by]: group } : days;
}
