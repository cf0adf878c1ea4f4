import { Loader } from '@mantine/core';
import type { ResponseItem, ResponseObject } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { formatUsd } from '../../common/format-values.ts';
import { usePictor } from '../../common/pictor-context.ts';
import { AdjustmentNotes } from '../../requests/adjustment-notes.tsx';
import { RequestView } from '../../requests/request-view.tsx';
import { keepRun, readKeptRuns } from '../run/kept-runs.ts';
import { runStore } from '../run/runs.ts';
import { followResponseRun } from '../run/start-response-run.ts';
import { newRun } from '../run/start-run.ts';
import { responsesKey, useTellEnd } from '../run/use-runs.ts';
import classes from './response-result.module.css';

type ResponseResultProps = {
  readonly id: string;
  readonly onReuse: (requestId: string) => void;
};

const open: readonly ResponseObject['status'][] = ['queued', 'in_progress'];

/** A response as it is kept: what was said and what was drawn, in the order in which it came. */
export function ResponseResult({ id, onReuse }: ResponseResultProps) {
  const pictor = usePictor();
  const tellEnd = useTellEnd();
  const response = useQuery({
    queryKey: [...responsesKey, id],
    queryFn: ({ signal }) => pictor.responses.get(id, { signal }),
  });
  const { data } = response;
  useEffect(() => {
    if (data === undefined) return;
    const kept = readKeptRuns().find(({ responseId }) => responseId === id);
    if (!open.includes(data.status)) {
      if (kept?.isOpen === true) keepRun({ ...kept, isOpen: false });
      return;
    }
    if (runStore.find(({ responseId }) => responseId === id) !== undefined) return;
    const run = {
      ...newRun(kept?.key ?? id, data.created_at * 1000),
      api: 'responses',
      model: data.model,
    } as const;
    followResponseRun(pictor, run, id, tellEnd);
  }, [id, data, pictor, tellEnd]);
  if (response.error !== null) {
    return (
      <ErrorNotice
        title="This response could not be loaded"
        error={response.error}
        onRetry={() => void response.refetch()}
      />
    );
  }
  if (data === undefined) return <Loader size="sm" color="gray" aria-label="Loading the response" />;
  return (
    <article className={classes.response} aria-label="Response">
      {data.error !== null && (
        <ErrorNotice
          title={data.status === 'cancelled' ? 'This response was cancelled' : 'This response failed'}
          error={{
            message: data.error.message,
            code: data.pictor?.error_code ?? data.error.code,
            param: null,
            requestId: id,
          }}
        />
      )}
      {data.error === null && data.status === 'cancelled' && (
        <p className={classes.note}>This response was cancelled.</p>
      )}
      {data.output.map((item) => (
        <Item key={item.id} item={item} response={data} onReuse={onReuse} />
      ))}
      <p className={classes.note}>
        {data.model} · {data.status} · {tellCost(data)} · {data.id}
      </p>
      <AdjustmentNotes adjustments={data.pictor?.adjustments ?? []} warnings={data.pictor?.warnings ?? []} />
    </article>
  );
}

type ItemProps = {
  readonly item: ResponseItem;
  readonly response: ResponseObject;
  readonly onReuse: (requestId: string) => void;
};

function Item({ item, response, onReuse }: ItemProps) {
  if (item.type === 'message') return <p className={classes.text}>{textOf(item)}</p>;
  if (item.type === 'image_generation_call') {
    const call = response.pictor?.calls.find(({ id }) => id === item.id);
    return call === undefined ? null : (
      <RequestView id={call.request} onReuse={() => onReuse(call.request)} />
    );
  }
  return <pre className={classes.call}>{JSON.stringify(item, null, 2)}</pre>;
}

function textOf(item: ResponseItem): string {
  const { content } = item;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => {
      if (typeof part !== 'object' || part === null) return '';
      if ('text' in part && typeof part.text === 'string') return part.text;
      return 'refusal' in part && typeof part.refusal === 'string' ? part.refusal : '';
    })
    .join('');
}

function tellCost({ pictor }: ResponseObject): string {
  if (pictor === undefined || pictor.cost === null) return 'cost unknown';
  return pictor.cost === 0 ? 'free' : formatUsd(pictor.cost);
}
