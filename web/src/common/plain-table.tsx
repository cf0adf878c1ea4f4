import type { ReactNode } from 'react';
import classes from './plain-table.module.css';

type PlainTableProps = {
  /** What the table is of, for those who do not see it. */
  readonly label: string;
  readonly heads: readonly string[];
  /** `tr` elements. */
  readonly children: ReactNode;
};

/** A table of a few rows, which scrolls sideways where the page is narrow. */
export function PlainTable({ label, heads, children }: PlainTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section className={classes.scroller} data-scrolls-sideways aria-label={label} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
