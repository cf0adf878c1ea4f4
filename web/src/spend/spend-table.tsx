import type { Spend } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import { formatUsd } from '../common/format-values.ts';
import { RequestsLink } from './requests-link.tsx';
import type { DayPeriod } from './spend-period.ts';
import { groupingWords } from './spend-search.ts';
import classes from './spend-table.module.css';

type Row = Spend['data'][number];

type SpendTableProps = {
  readonly spend: Spend;
  readonly period: DayPeriod;
  readonly nameOf: (group: string | null) => string;
};

/** What every group cost, and the way to its entries and requests. */
export function SpendTable({ spend, period, nameOf }: SpendTableProps) {
  const by = spend.group_by;
  const rows = by === 'day' ? spend.data.toReversed() : spend.data.toSorted(dearestFirst);
  const whole = spend.total.cost ?? 0;
  return (
    <section className={classes.frame} data-scrolls-sideways aria-label={`Spend by ${by}`}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{groupingWords[by]}</th>
            <th scope="col">Cost</th>
            <th scope="col">Share</th>
            <th scope="col">Unknown</th>
            <th scope="col">List price</th>
            <th scope="col">Images</th>
            <th scope="col">Entries</th>
            <th scope="col">Look closer</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.group ?? ''}>
              <th scope="row" className={row.group === null ? classes.nameless : undefined}>
                {nameOf(row.group)}
              </th>
              <Sums row={row} whole={whole} />
              <td className={classes.links}>
                {by !== 'project' && <EntriesLink by={by} row={row} />}
                <RequestsLink by={by} group={row.group} period={period} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All, each once</th>
            <Sums row={spend.total} whole={whole} />
            <td />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Sums({ row, whole }: { readonly row: Spend['total']; readonly whole: number }) {
  const { cost, unknown_count: unknown, list_cost: list, images, entries } = row;
  return (
    <>
      <td>{cost === null ? <span className={classes.unknown}>unknown</span> : formatUsd(cost)}</td>
      <td>{cost === null || whole <= 0 ? '–' : `${Math.round((100 * cost) / whole)} %`}</td>
      <td className={unknown > 0 ? classes.unknown : undefined}>
        {unknown === 0 ? '–' : `${unknown} of ${entries}`}
      </td>
      <td>{formatUsd(list)}</td>
      <td>{images.toLocaleString('en')}</td>
      <td>{entries.toLocaleString('en')}</td>
    </>
  );
}

function EntriesLink({ by, row }: { readonly by: Spend['group_by']; readonly row: Row }) {
  const chosen = by === 'day' ? { day: row.group ?? undefined } : { group: row.group ?? '' };
  return (
    <Link
      to="/spend"
      hash="entries"
      search={(search) => ({ ...search, day: undefined, group: undefined, ...chosen })}
    >
      entries
    </Link>
  );
}

/** Groups of which something is unknown stand before those that are free. */
function dearestFirst(a: Row, b: Row): number {
  return (b.cost ?? 0) - (a.cost ?? 0) || b.unknown_count - a.unknown_count || b.list_cost - a.list_cost;
}
