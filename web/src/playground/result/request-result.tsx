import { useEffect } from 'react';
import { usePictor } from '../../common/pictor-context.ts';
import { RequestView } from '../../requests/request-view.tsx';
import { useRequest } from '../../requests/use-requests.ts';
import { keepRun, readKeptRuns } from '../run/kept-runs.ts';
import { runStore } from '../run/runs.ts';
import { followImagesRun, newRun } from '../run/start-run.ts';
import { useTellEnd } from '../run/use-runs.ts';

type RequestResultProps = {
  readonly id: string;
  readonly onReuse: (requestId: string) => void;
};

/** A request as it is kept. One that runs, wherever it was asked for, is followed with its previews. */
export function RequestResult({ id, onReuse }: RequestResultProps) {
  const pictor = usePictor();
  const tellEnd = useTellEnd();
  const { data: request } = useRequest(id);
  useEffect(() => {
    if (request === undefined) return;
    const kept = readKeptRuns().find(({ requestId }) => requestId === id);
    if (request.status !== 'running') {
      if (kept?.isOpen === true) keepRun({ ...kept, isOpen: false });
      return;
    }
    if (request.kind === 'vary' || request.response !== null) return;
    if (runStore.find(({ requestId }) => requestId === id) !== undefined) return;
    const { n } = request.parameters;
    followImagesRun(
      pictor,
      {
        ...newRun(kept?.key ?? id, request.created_at * 1000),
        model: request.model,
        prompt: request.prompt,
        wanted: typeof n === 'number' ? n : 1,
      },
      id,
      tellEnd,
    );
  }, [id, request, pictor, tellEnd]);
  return <RequestView id={id} onReuse={() => onReuse(id)} />;
}
