import type { RequestSummary } from '@pictor/sdk';
import { formatDuration, formatUsd } from '../common/format-values.ts';
import classes from './request-attempts.module.css';

const charges = { no: 'not charged', maybe: 'may have been charged', yes: 'charged' } as const;

/** Every call of an engine that the request led to, in order. */
export function RequestAttempts({ request }: { readonly request: RequestSummary }) {
  const { attempts, upstream_request_id: upstreamId } = request;
  if (attempts.length === 0) return <p className={classes.none}>No engine was called.</p>;
  return (
    <ol className={classes.attempts}>
      {attempts.map((attempt) => {
        const { error } = attempt;
        const facts = [
          formatDuration(attempt.duration_ms),
          `${attempt.images} ${attempt.images === 1 ? 'picture' : 'pictures'}`,
          charges[attempt.charged],
          ...(attempt.cost === null ? [] : [formatUsd(attempt.cost)]),
        ];
        return (
          <li key={attempt.number} data-failed={error !== null}>
            <p className={classes.name}>
              {attempt.engine} · {attempt.model}
            </p>
            <p className={classes.facts}>{facts.join(' · ')}</p>
            {error !== null && (
              <p className={classes.error}>
                {error.kind}
                {error.upstream_status !== null && ` (${error.upstream_status})`}: {error.message}
                {error.upstream_code !== null && <code> {error.upstream_code}</code>}
              </p>
            )}
            {attempt.upstream_request_id !== null && (
              <p className={classes.facts}>
                Known there as <code>{attempt.upstream_request_id}</code>
              </p>
            )}
          </li>
        );
      })}
      {upstreamId !== null && attempts.every((attempt) => attempt.upstream_request_id === null) && (
        <li>
          <p className={classes.facts}>
            Known to the provider as <code>{upstreamId}</code>
          </p>
        </li>
      )}
    </ol>
  );
}
