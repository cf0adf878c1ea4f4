import type { LedgerEntry, RequestSummary } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatUsd } from '../common/format-values.ts';
import { usePictor } from '../common/pictor-context.ts';
import classes from './request-money.module.css';
import { requestsKey } from './use-requests.ts';

/** Tokens, and the entries of the ledger that the cost is the sum of. */
export function RequestMoney({ request }: { readonly request: RequestSummary }) {
  const pictor = usePictor();
  const entries = useQuery({
    queryKey: [...requestsKey, 'ledger', request.id, request.status],
    queryFn: ({ signal }) => pictor.spend.entries({ request: request.id, limit: 50 }, { signal }),
  });
  const rows = entries.data?.data ?? [];
  const { input_tokens: tokensIn, output_tokens: tokensOut, cost } = request;
  return (
    <div className={classes.money}>
      <p className={classes.sum}>
        {cost === null ? 'Cost unknown' : cost === 0 ? 'Free' : formatUsd(cost)}
        <span>
          {tokensIn === null && tokensOut === null
            ? ' · the engine counts no tokens'
            : ` · ${count(tokensIn)} tokens in, ${count(tokensOut)} out`}
        </span>
      </p>
      {entries.error !== null && <ErrorNotice title="The ledger could not be read" error={entries.error} />}
      {rows.length > 0 && (
        <ul className={classes.entries} aria-label="Ledger entries">
          {rows.map((entry) => (
            <li key={entry.id} data-corrected={entry.corrected}>
              <span>
                {entry.outcome} · {entry.engine} · {entry.model}
              </span>
              <span>{entry.cost === null ? 'unknown' : formatUsd(entry.cost)}</span>
              <small>{describeEntry(entry)}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function describeEntry({ usage, price_row: price, charged, corrects, corrected }: LedgerEntry): string {
  return [
    ...(usage === null
      ? []
      : [
          `text ${count(usage.text_in)} in, ${count(usage.text_out)} out`,
          `image ${count(usage.image_in)} in, ${count(usage.image_out)} out`,
          usage.source === 'provider' ? 'as the provider counts' : 'by formula',
        ]),
    ...(price === null ? [] : [`price ${price}`]),
    ...(charged === 'maybe' ? ['may have been charged'] : []),
    ...(corrects === null ? [] : ['a correction']),
    ...(corrected ? ['corrected since'] : []),
  ].join(' · ');
}

function count(tokens: number | null): string {
  return tokens === null ? '?' : tokens.toLocaleString('en');
}
