import type { Estimate } from '@pictor/sdk';
import { formatUsd } from '../../common/format-values.ts';
import classes from './estimate-line.module.css';

/** The arithmetic of an estimate: what is counted, how much of it there may be, and what it costs. */
export function EstimateSheet({ estimate }: { readonly estimate: Estimate }) {
  return (
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
          {estimate.lines.map((line) => (
            <tr key={line.bucket} title={line.basis}>
              <th scope="row">{line.bucket.replaceAll('_', ' ')}</th>
              <td>{tellBound(line.low, line.unit)}</td>
              <td>{tellBound(line.high, line.unit)}</td>
              <td>
                {line.high.rate_nano_usd === null ? 'unknown' : tellRate(line.high.rate_nano_usd, line.unit)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {estimate.price === null
          ? `No price is known for ${estimate.model} at ${estimate.provider}.`
          : `Prices from ${estimate.price.from}: ${estimate.price.source} (${estimate.price.source_date}).`}
        {estimate.stand_in && ` The built-in engine stands in for ${estimate.model}: nothing is paid now.`}
      </p>
    </div>
  );
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
