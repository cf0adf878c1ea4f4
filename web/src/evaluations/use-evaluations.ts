import type { Evaluation, EvaluationRun, NewEvaluationRun } from '@pictor/sdk';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';
import type { GridSort } from './evaluation-search.ts';

/** Cache key above everything read about evaluations. */
export const evaluationsKey = ['evaluations'] as const;
const busyPollMs = 1_000;
/** Gates begin runs by themselves. */
const idlePollMs = 15_000;
const pageSize = 100;

export function useEvaluations() {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...evaluationsKey, 'list'],
    queryFn: ({ signal }) => pictor.evaluations.list({ signal }),
  });
}

export function useEvaluation(id: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...evaluationsKey, 'one', id],
    queryFn: ({ signal }) => pictor.evaluations.get(id, { signal }),
  });
}

/** Runs, newest first. */
export function useRuns(evaluationId: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...evaluationsKey, 'runs', evaluationId],
    queryFn: ({ signal }) => pictor.evaluations.listRuns(evaluationId, { limit: 50 }, { signal }),
    refetchInterval: (query) => (query.state.data?.data.some(isBusy) === true ? busyPollMs : idlePollMs),
  });
}

export function isBusy(run: Pick<EvaluationRun, 'status'>): boolean {
  return run.status === 'queued' || run.status === 'running';
}

export type GridQuery = {
  readonly sort: GridSort;
  readonly verdict: string | undefined;
};

/** The grid of a run, page by page; looked at again while the run goes on. */
export function useRunRows(run: EvaluationRun, { sort, verdict }: GridQuery) {
  const pictor = usePictor();
  return useInfiniteQuery({
    queryKey: [...evaluationsKey, 'rows', run.id, sort, verdict ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      pictor.evaluations.runs.rows(
        run.id,
        {
          sort,
          limit: pageSize,
          offset: pageParam,
          ...(isVerdict(verdict) ? { verdict } : {}),
        },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => {
      const next = page.offset + page.data.length;
      return next < page.total ? next : undefined;
    },
    refetchInterval: isBusy(run) ? busyPollMs * 2 : false,
    placeholderData: keepPreviousData,
  });
}

const verdicts = ['pass', 'warn', 'fail', 'error', 'skipped'] as const;

function isVerdict(text: string | undefined): text is (typeof verdicts)[number] {
  return verdicts.some((verdict) => verdict === text);
}

export function useRunRow(runId: string, rowId: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...evaluationsKey, 'row', runId, rowId],
    queryFn: ({ signal }) => pictor.evaluations.runs.row(runId, rowId, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useAgreement(runId: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...evaluationsKey, 'agreement', runId],
    queryFn: ({ signal }) => pictor.evaluations.runs.agreement(runId, { signal }),
  });
}

export function useComparison(runId: string, before: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...evaluationsKey, 'compare', runId, before],
    queryFn: ({ signal }) => pictor.evaluations.runs.compare(runId, before, { limit: 50 }, { signal }),
  });
}

export function useGates(evaluationId: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...evaluationsKey, 'gates', evaluationId],
    queryFn: ({ signal }) => pictor.evaluations.gates(evaluationId, { signal }),
  });
}

export function useRunEstimate(evaluation: Evaluation, body: NewEvaluationRun) {
  const pictor = usePictor();
  const { dataset_version, rows } = body;
  const asked = {
    ...(dataset_version === undefined ? {} : { dataset_version }),
    ...(rows === undefined ? {} : { rows }),
  };
  return useQuery({
    queryKey: [...evaluationsKey, 'estimate', evaluation.id, evaluation.updated_at, asked],
    queryFn: ({ signal }) => pictor.evaluations.estimate(evaluation.id, asked, { signal }),
  });
}

/** Does something to evaluations, and then reads anew what is shown of them. */
export function useEvaluationChange<Input, Result>(
  change: (pictor: ReturnType<typeof usePictor>, input: Input) => Promise<Result>,
) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => change(pictor, input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: evaluationsKey }),
  });
}
