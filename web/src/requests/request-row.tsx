import type { RequestSummary } from '@pictor/sdk';
import { IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { formatDuration } from '../common/format-values.ts';
import { RelativeTime } from '../common/relative-time.tsx';
import classes from './request-row.module.css';
import { RequestStatusLabel } from './request-status.tsx';

type RequestRowProps = {
  readonly request: RequestSummary;
  readonly isShown: boolean;
};

/** One request in the list; a link that shows it. */
export function RequestRow({ request, isShown }: RequestRowProps) {
  const [first] = request.images;
  const more = request.images.length - 1;
  const facts = [
    request.model,
    request.engine !== null && request.engine !== request.model ? request.engine : null,
    first === undefined ? null : `${first.width}×${first.height}`,
  ].filter((fact) => fact !== null);
  return (
    <Link
      to="/"
      search={(search) => ({ ...search, request: request.id })}
      resetScroll={false}
      className={classes.row}
      aria-current={isShown ? 'true' : undefined}
    >
      <span className={classes.thumbnail}>
        {first === undefined ? (
          <NoPicture request={request} />
        ) : (
          <img src={first.thumbnail_url} alt="" width={60} height={60} loading="lazy" decoding="async" />
        )}
        {more > 0 && <span className={classes.more}>+{more}</span>}
      </span>
      <span className={classes.text}>
        <span className={classes.prompt}>{request.prompt === '' ? 'No prompt' : request.prompt}</span>
        <span className={classes.facts}>{facts.join(' · ')}</span>
        <span className={classes.facts}>
          <RequestStatusLabel status={request.status} />
          {request.duration_ms !== null && ` · ${formatDuration(request.duration_ms)}`} ·{' '}
          <RelativeTime at={request.created_at} />
        </span>
      </span>
    </Link>
  );
}

function NoPicture({ request }: { readonly request: RequestSummary }) {
  const Icon = request.status === 'running' ? IconPhoto : IconPhotoOff;
  return <Icon size={20} stroke={1.4} aria-hidden />;
}
