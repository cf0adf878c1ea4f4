import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { EmptyState } from '../../common/empty-state.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import { RunningNotice } from '../../common/running-notice.tsx';
import { type KeptRun, keepRun } from '../run/kept-runs.ts';
import { resumeResponseRun } from '../run/start-response-run.ts';
import { useTellEnd } from '../run/use-runs.ts';
import { useChangeSearch } from '../setup/use-setup.ts';

/** How often, and how many times, the request of a run is looked for: it may still be on its way to the server. */
const lookMs = 700;
const looks = 6;

type LostRunProps = {
  readonly runKey: string;
  /** What this tab knows of it; undefined: another tab began it. */
  readonly kept: KeptRun | undefined;
};

/** A run that was sent just before a reload: it is found by the key that went with it, so that nothing is paid twice. */
export function LostRun({ runKey, kept }: LostRunProps) {
  const pictor = usePictor();
  const tellEnd = useTellEnd();
  const changeSearch = useChangeSearch();
  const isResponse = kept?.responseBody != null;
  const found = useQuery({
    queryKey: ['playground-run', runKey],
    queryFn: async ({ signal }) => {
      for (let look = 0; look < looks; look += 1) {
        const request = await pictor.requests.findByKey(runKey, { signal });
        if (request !== null) return request.id;
        await new Promise((resolve) => setTimeout(resolve, lookMs));
      }
      return null;
    },
    enabled: !isResponse,
    gcTime: 0,
  });
  const { data: requestId } = found;
  useEffect(() => {
    if (kept !== undefined && isResponse) resumeResponseRun(pictor, kept, tellEnd);
  }, [kept, isResponse, pictor, tellEnd]);
  useEffect(() => {
    if (typeof requestId !== 'string') return;
    if (kept !== undefined) keepRun({ ...kept, requestId });
    changeSearch(() => ({ run: undefined, request: requestId }));
  }, [requestId, kept, changeSearch]);
  useEffect(() => {
    if (requestId === null && kept !== undefined) keepRun({ ...kept, isOpen: false });
  }, [requestId, kept]);
  if (found.error !== null) {
    return (
      <ErrorNotice
        title="The run could not be looked up"
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    );
  }
  if (requestId !== null) {
    return <RunningNotice model={kept?.model ?? 'Pictor'} sinceMs={kept?.startedAt ?? Date.now()} />;
  }
  return (
    <EmptyState title="This run left no trace">
      The page was left before it reached Pictor, or it was refused. Nothing was paid: run it again.
    </EmptyState>
  );
}
