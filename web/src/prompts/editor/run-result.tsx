import type { PromptRun, RequestSummary } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorNotice, type FailureFacts } from '../../common/error-notice.tsx';
import { formatDuration, formatUsd } from '../../common/format-values.ts';
import { usePictor } from '../../common/pictor-context.ts';
import { ImageCard } from '../../viewer/image-card.tsx';
import classes from './run-result.module.css';

type RunResultProps = {
  readonly run: PromptRun;
  readonly version: number;
};

/** What a run gave: its pictures, its words, what it cost. */
export function RunResult({ run, version }: RunResultProps) {
  const requests = useRequestsOf(run.request);
  const words = readWords(run.prompt_blueprint);
  return (
    <article className={classes.result} aria-label="Result of the run">
      {words !== '' && <p className={classes.words}>{words}</p>}
      {requests.data?.map((request) => (
        <div key={request.id} className={classes.request}>
          {request.images.map((image) => (
            <ImageCard key={image.id} image={image} request={request} isWhole />
          ))}
          {request.error !== null && <ErrorNotice title="No picture was made" error={toFacts(request)} />}
          <p className={classes.caption}>
            <span>{describe(request, version)}</span>
            <Link to="/requests/$requestId" params={{ requestId: request.id }}>
              Request
            </Link>
          </p>
        </div>
      ))}
      {requests.data?.length === 0 && words === '' && <p className={classes.words}>No picture came of it.</p>}
    </article>
  );
}

function describe(request: RequestSummary, version: number): string {
  const time = request.duration_ms === null ? [] : [formatDuration(request.duration_ms)];
  const cost = request.cost === null ? 'cost unknown' : formatUsd(request.cost);
  return [`Version ${version}`, ...time, cost].join(' · ');
}

function toFacts({ id, error }: RequestSummary): FailureFacts {
  return {
    message: error?.message ?? '',
    code: error?.code ?? null,
    param: error?.param ?? null,
    requestId: id,
  };
}

type RecentRunsProps = {
  readonly requests: readonly RequestSummary[];
};

/** Small pictures of requests, each a link to the request. */
export function RecentRuns({ requests }: RecentRunsProps) {
  return (
    <div className={classes.recent}>
      {requests.flatMap((request) =>
        request.images.map((image) => (
          <Link
            key={image.id}
            to="/requests/$requestId"
            params={{ requestId: request.id }}
            aria-label={`Request: ${request.prompt.slice(0, 80)}`}
            className={classes.thumbnail}
          >
            <img src={image.thumbnail_url} alt="" width={72} height={72} loading="lazy" decoding="async" />
          </Link>
        )),
      )}
    </div>
  );
}

/** The requests of a run: one of the Images API, or those that a response made. */
function useRequestsOf(id: string | null) {
  const pictor = usePictor();
  return useQuery({
    queryKey: ['requests', 'of-run', id],
    queryFn: async ({ signal }): Promise<readonly RequestSummary[]> => {
      if (id === null) return [];
      if (id.startsWith('req_')) return [await pictor.requests.get(id, { signal })];
      const filters = [{ field: 'response', operator: 'is', value: id }] as const;
      return (await pictor.requests.search({ filter_group: { logic: 'AND', filters } }, { signal })).data;
    },
  });
}

/** The words of the last message that a model wrote. */
function readWords(blueprint: unknown): string {
  const template = member(blueprint, 'prompt_template');
  const messages = member(template, 'messages');
  if (!Array.isArray(messages)) return '';
  const last: unknown = messages.findLast((message) => member(message, 'role') === 'assistant');
  const content = member(last, 'content');
  if (!Array.isArray(content)) return '';
  return content
    .flatMap((block) => (member(block, 'type') === 'text' ? [String(member(block, 'text'))] : []))
    .join('\n');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
