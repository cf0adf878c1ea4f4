import type { RequestSummary } from '@pictor/sdk';
import { IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type CSSProperties, memo } from 'react';
import { formatDuration, formatUsd } from '../common/format-values.ts';
import { RelativeTime } from '../common/relative-time.tsx';
import { nameKind } from './request-kind.ts';
import classes from './request-line.module.css';
import { RequestStatusLabel } from './request-status.tsx';

type RequestLineProps = {
  readonly request: RequestSummary;
  readonly index: number;
  readonly style: CSSProperties;
  /** The one line that the tab key stops at. */
  readonly isActive: boolean;
  readonly onFocus: (index: number) => void;
};

/** One request of the list: a link to all that is known of it. */
export const RequestLine = memo(function RequestLine(props: RequestLineProps) {
  const { request, index, style, isActive, onFocus } = props;
  const { cost, duration_ms: durationMs, status } = request;
  return (
    <li className={classes.place} style={style}>
      <Link
        to="/requests/$requestId"
        params={{ requestId: request.id }}
        className={classes.line}
        data-index={index}
        tabIndex={isActive ? 0 : -1}
        onFocus={() => onFocus(index)}
      >
        <Thumbnail request={request} />
        <span className={classes.words}>
          <span className={classes.prompt}>
            {request.prompt === '' ? 'No prompt' : request.prompt.slice(0, 400)}
          </span>
          <span className={classes.notes}>
            <Notes request={request} />
          </span>
        </span>
        <span className={classes.status}>
          <RequestStatusLabel status={status} />
        </span>
        <span className={classes.model} title={request.model_id}>
          {request.model_id}
        </span>
        <span className={classes.number}>{durationMs === null ? '' : formatDuration(durationMs)}</span>
        <span className={classes.number}>
          {status === 'running' ? '' : cost === null ? 'unknown' : cost === 0 ? 'free' : formatUsd(cost)}
        </span>
        <span className={classes.time}>
          <RelativeTime at={request.created_at} />
        </span>
      </Link>
    </li>
  );
});

function Thumbnail({ request }: { readonly request: RequestSummary }) {
  const [first] = request.images;
  const more = request.images.length - 1;
  const Icon = request.status === 'running' ? IconPhoto : IconPhotoOff;
  return (
    <span className={classes.thumbnail}>
      {first === undefined ? (
        <Icon size={18} stroke={1.4} aria-hidden />
      ) : (
        <img src={first.thumbnail_url} alt="" width={48} height={48} loading="lazy" decoding="async" />
      )}
      {more > 0 && <span className={classes.more}>+{more}</span>}
    </span>
  );
}

const mostTags = 3;

/** What tells a request apart: what it was, where it came from, its tags, or why it failed. */
function Notes({ request }: { readonly request: RequestSummary }) {
  const { error, saved_prompt: prompt, tags } = request;
  const parts = [
    request.kind === 'generate' ? null : nameKind(request),
    prompt === null
      ? null
      : `${prompt.name ?? prompt.id}${prompt.version === null ? '' : ` v${prompt.version}`}`,
    request.replay_of === null ? null : 'replay',
    request.response === null ? null : 'tool call',
    error === null ? null : (error.code ?? error.message),
  ].filter((part) => part !== null);
  return (
    <>
      {parts.join(' · ')}
      {tags.slice(0, mostTags).map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      {tags.length > mostTags && ` +${tags.length - mostTags}`}
    </>
  );
}
