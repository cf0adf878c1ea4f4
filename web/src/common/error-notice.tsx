import { Button } from '@mantine/core';
import { PictorApiError } from '@pictor/sdk';
import { IconAlertCircle } from '@tabler/icons-react';
import classes from './error-notice.module.css';

type ErrorNoticeProps = {
  /** What did not happen, in a few words. */
  readonly title: string;
  readonly error: FailureFacts | Error;
  /** Offers to try again. */
  readonly onRetry?: () => void;
};

/** A failure as the server tells it: in words, with what is needed to look it up. */
export type FailureFacts = {
  readonly message: string;
  readonly code: string | null;
  readonly param: string | null;
  readonly requestId: string | null;
};

/** A failure in words, with its code and the id under which the server knows it. */
export function ErrorNotice({ title, error, onRetry }: ErrorNoticeProps) {
  const facts = error instanceof Error ? toFacts(error) : error;
  return (
    <div role="alert" className={classes.notice}>
      <IconAlertCircle className={classes.icon} size={20} stroke={1.7} aria-hidden />
      <div className={classes.body}>
        <p className={classes.title}>{title}</p>
        <p className={classes.message}>{facts.message}</p>
        <dl className={classes.facts}>
          <Fact name="Code" value={facts.code} />
          <Fact name="Parameter" value={facts.param} />
          <Fact name="Request" value={facts.requestId} />
        </dl>
        {onRetry !== undefined && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string | null }) {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function toFacts(error: Error): FailureFacts {
  if (error instanceof PictorApiError) return error;
  return { message: error.message, code: null, param: null, requestId: null };
}
