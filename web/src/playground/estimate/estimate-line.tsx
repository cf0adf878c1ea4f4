import type { Estimate } from '@pictor/sdk';
import { formatUsd } from '../../common/format-values.ts';
import type { ImagesBody } from '../run/write-body.ts';
import classes from './estimate-line.module.css';
import { useEstimate } from './use-estimate.ts';

type EstimateLineProps = {
  /** Null: nothing to estimate, such as an empty prompt or a chat. */
  readonly body: ImagesBody | null;
  /** Stands there while nothing is known. */
  readonly fallback: string;
};

/** What it will cost, between two bounds, with the arithmetic to unfold. */
export function EstimateLine({ body, fallback }: EstimateLineProps) {
  const { data, error } = useEstimate(body);
  if (body === null || (data === undefined && error === null))
    return <p className={classes.line}>{fallback}</p>;
  if (error !== null) return <p className={classes.line}>No estimate: {error.message}</p>;
  if (data === undefined) return null;
  return (
    <details className={classes.estimate}>
      <summary className={classes.line}>{tell(data)}</summary>
      <div className={classes.sheet} data-scrolls-sideways>
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Low</th>
              <th scope="col">High</th>
              <th scope="col">Rate</th>
            </tr>
          </thead>
          <tbody>
            {data.lines.map((line) => (
              <tr key={line.bucket} title={line.basis}>
                <th scope="row">{line.bucket.replaceAll('_', ' ')}</th>
                <td>{tellBound(line.low, line.unit)}</td>
                <td>{tellBound(line.high, line.unit)}</td>
                <td>
                  {line.high.rate_nano_usd === null
                    ? 'unknown'
                    : tellRate(line.high.rate_nano_usd, line.unit)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          {data.price === null
            ? `No price is known for ${data.model} at ${data.provider}.`
            : `Prices from ${data.price.from}: ${data.price.source} (${data.price.source_date}).`}
          {data.stand_in && ` The built-in engine stands in for ${data.model}: nothing is paid now.`}
        </p>
      </div>
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

type Line = Estimate['lines'][number];

function tellBound({ count, cost_nano_usd: cost }: Line['low'], unit: Line['unit']): string {
  if (count === null) return 'unknown';
  const counted = `${Math.round(count).toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
  return cost === null ? counted : `${counted} = ${formatUsd(cost / 1e9)}`;
}

function tellRate(nanoUsd: number, unit: Line['unit']): string {
  return unit === 'token'
    ? `${formatUsd((nanoUsd * 1e6) / 1e9)} / M tokens`
    : `${formatUsd(nanoUsd / 1e9)} / image`;
}
