import { Button, CopyButton, Loader } from '@mantine/core';
import type { RequestSummary } from '@pictor/sdk';
import { IconArrowLeft, IconArrowsDiff, IconBrush, IconCheck, IconCopy } from '@tabler/icons-react';
import { useParams, useRouter } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { useGoTo } from '../common/use-go-to.ts';
import { useKeptScroll } from '../common/use-kept-scroll.ts';
import { usePageTitle } from '../common/use-page-title.ts';
import { AdjustmentNotes } from './adjustment-notes.tsx';
import { ReplayRequest } from './replay-request.tsx';
import { RequestAttempts } from './request-attempts.tsx';
import { RequestFacts } from './request-facts.tsx';
import { RequestFamily } from './request-family.tsx';
import { RequestInput } from './request-input.tsx';
import { isImageRequest } from './request-kind.ts';
import { RequestMoney } from './request-money.tsx';
import { RequestNotes } from './request-notes.tsx';
import { RequestOutput } from './request-output.tsx';
import classes from './request-page.module.css';
import { RequestRaw } from './request-raw.tsx';
import { RequestStatusLabel } from './request-status.tsx';
import { useRequest } from './use-requests.ts';

/** All that is known of one request. */
export function RequestPage() {
  const pageRef = useRef<HTMLDivElement>(null);
  const { requestId } = useParams({ from: '/requests/$requestId' });
  const { data: request, error, refetch } = useRequest(requestId);
  useKeptScroll(pageRef, true);
  usePageTitle(request === undefined || request.prompt === '' ? 'Request' : request.prompt);
  return (
    <div ref={pageRef} className={classes.page} key={requestId}>
      <BackToList />
      {request === undefined ? (
        <>
          <h1 className={classes.title}>Request</h1>
          {error === null ? (
            <Loader size="sm" color="gray" role="status" aria-label="Loading the request" />
          ) : (
            <ErrorNotice
              title="This request could not be loaded"
              error={error}
              onRetry={() => void refetch()}
            />
          )}
        </>
      ) : (
        <Request request={request} />
      )}
    </div>
  );
}

const longTitle = 160;

function Request({ request }: { readonly request: RequestSummary }) {
  const { id, prompt } = request;
  const title = prompt.length > longTitle ? `${prompt.slice(0, longTitle)}…` : prompt;
  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.title}>{title === '' ? 'Request without a prompt' : title}</h1>
        <p className={classes.line}>
          <RequestStatusLabel status={request.status} />
          <code>{id}</code>
          <CopyButton value={id}>
            {({ copied, copy }) => (
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} stroke={1.7} />}
                onClick={copy}
              >
                {copied ? 'Copied' : 'Copy id'}
              </Button>
            )}
          </CopyButton>
        </p>
        <div className={classes.acts}>{isImageRequest(request) && <ImageActs request={request} />}</div>
      </header>
      <div className={classes.columns}>
        <div className={classes.column}>
          <Section title="Output">
            <RequestOutput request={request} />
          </Section>
          <Section title="Input">
            <RequestInput request={request} />
          </Section>
          <Section title="Raw JSON" isFolded>
            <RequestRaw request={request} />
          </Section>
        </div>
        <div className={classes.column}>
          <Section title="Facts">
            <RequestFacts request={request} />
            <AdjustmentNotes adjustments={request.adjustments} warnings={request.warnings} />
          </Section>
          <Section title="Attempts">
            <RequestAttempts request={request} />
          </Section>
          <Section title="Tokens and cost">
            <RequestMoney request={request} />
          </Section>
          <Section title="Notes">
            <RequestNotes request={request} />
          </Section>
          <RequestFamily request={request} />
        </div>
      </div>
    </>
  );
}

/** What can be done with a call of the Images API. */
function ImageActs({ request }: { readonly request: RequestSummary }) {
  const goTo = useGoTo();
  return (
    <>
      <Button
        component="a"
        variant="default"
        size="xs"
        leftSection={<IconBrush size={15} stroke={1.7} />}
        {...goTo(`/?from=${request.id}`)}
      >
        Open in playground
      </Button>
      <ReplayRequest request={request} />
      <Button
        component="a"
        variant="default"
        size="xs"
        leftSection={<IconArrowsDiff size={15} stroke={1.7} />}
        {...goTo(`/compare?from=${request.id}`)}
      >
        Compare
      </Button>
    </>
  );
}

type SectionProps = {
  readonly title: string;
  readonly isFolded?: boolean;
  readonly children: ReactNode;
};

function Section({ title, isFolded = false, children }: SectionProps) {
  return (
    <details className={classes.section} open={!isFolded}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  );
}

/** Back to where one was in the list, else to the list. */
function BackToList() {
  const router = useRouter();
  const goTo = useGoTo();
  const { href, onClick } = goTo('/requests');
  return (
    <a
      className={classes.back}
      href={href}
      onClick={(event) => {
        const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
        if (!isPlain || !router.history.canGoBack()) return onClick(event);
        event.preventDefault();
        router.history.back();
      }}
    >
      <IconArrowLeft size={15} stroke={1.8} aria-hidden /> Back
    </a>
  );
}
