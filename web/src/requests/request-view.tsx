import { Button, Loader } from '@mantine/core';
import type { RequestSummary } from '@pictor/sdk';
import { IconPencilPlus } from '@tabler/icons-react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { RunningNotice } from '../common/running-notice.tsx';
import { AdjustmentNotes } from './adjustment-notes.tsx';
import { PictureStage } from './picture-stage.tsx';
import { RequestFacts } from './request-facts.tsx';
import classes from './request-view.module.css';
import { useRequest } from './use-requests.ts';

type RequestViewProps = {
  readonly id: string;
  /** Puts the prompt and its choices back into the form. */
  readonly onReuse: (request: RequestSummary) => void;
};

/** One request: its pictures, and all that is known about it. */
export function RequestView({ id, onReuse }: RequestViewProps) {
  const { data: request, error, refetch } = useRequest(id);
  if (request === undefined) {
    return error === null ? (
      <Loader size="sm" color="gray" role="status" aria-label="Loading the request" />
    ) : (
      <ErrorNotice title="This request could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <article className={classes.view} aria-label="Request">
      <div className={classes.stage}>
        <Outcome request={request} />
      </div>
      <div className={classes.label}>
        <h2 className={classes.prompt}>{request.prompt === '' ? 'No prompt' : request.prompt}</h2>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPencilPlus size={15} stroke={1.7} />}
          onClick={() => onReuse(request)}
        >
          Use this prompt
        </Button>
        <RequestFacts request={request} />
        <AdjustmentNotes adjustments={request.adjustments} warnings={request.warnings} />
      </div>
    </article>
  );
}

function Outcome({ request }: { readonly request: RequestSummary }) {
  switch (request.status) {
    case 'running':
      return <RunningNotice model={request.model} sinceMs={request.created_at * 1000} />;
    case 'succeeded':
      return <PictureStage key={request.id} request={request} />;
    case 'failed':
      return <Failure request={request} title="This request failed" fallback="No reason was given." />;
    case 'interrupted':
      return (
        <Failure
          request={request}
          title="This request was interrupted"
          fallback="Pictor stopped while it ran. Run it again."
        />
      );
    case 'cancelled':
      return (
        <Failure
          request={request}
          title="This request was cancelled"
          fallback="It was ended before it was done."
        />
      );
  }
}

type FailureProps = {
  readonly request: RequestSummary;
  readonly title: string;
  /** Said where the request keeps no error. */
  readonly fallback: string;
};

function Failure({ request, title, fallback }: FailureProps) {
  const { error } = request;
  return (
    <>
      <ErrorNotice
        title={title}
        error={{
          message: error?.message ?? fallback,
          code: error?.code ?? null,
          param: error?.param ?? null,
          requestId: request.id,
        }}
      />
      {request.images.length > 0 && <PictureStage key={request.id} request={request} />}
    </>
  );
}
