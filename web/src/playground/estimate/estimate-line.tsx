import type { Estimate } from '@pictor/sdk';
import { lazy, Suspense, useState } from 'react';
import { formatUsd } from '../../common/format-values.ts';
import type { ImagesBody } from '../run/write-body.ts';
import classes from './estimate-line.module.css';
import { useEstimate } from './use-estimate.ts';

const EstimateSheet = lazy(async () => ({ default: (await import('./estimate-sheet.tsx')).EstimateSheet }));

type EstimateLineProps = {
  /** Null: nothing to estimate, such as an empty prompt or a chat. */
  readonly body: ImagesBody | null;
  /** Stands there while nothing is known. */
  readonly fallback: string;
};

/** What it will cost, between two bounds, with the arithmetic to unfold. */
export function EstimateLine({ body, fallback }: EstimateLineProps) {
  const { data, error } = useEstimate(body);
  const [isOpen, setOpen] = useState(false);
  if (body === null || (data === undefined && error === null))
    return <p className={classes.line}>{fallback}</p>;
  if (error !== null) return <p className={classes.line}>No estimate: {error.message}</p>;
  if (data === undefined) return null;
  return (
    <details className={classes.estimate} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.line}>{tell(data)}</summary>
      <Suspense>{isOpen && <EstimateSheet estimate={data} />}</Suspense>
    </details>
  );
}

function tell({ low, high, stand_in: standIn }: Estimate): string {
  const suffix = standIn ? ' at list price; free now' : '';
  if (low === null || high === null) return 'Cost unknown';
  if (high === 0) return 'Free';
  return low === high
    ? `About ${formatUsd(high)}${suffix}`
    : `${formatUsd(low)} – ${formatUsd(high)}${suffix}`;
}
