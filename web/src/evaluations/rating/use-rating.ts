import type { NewRating, RatingTaskList } from '@pictor/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePictor } from '../../common/pictor-context.ts';
import { evaluationsKey } from '../use-evaluations.ts';

const pageSize = 20;

/** What is left to rate. A rating shows the next task at once, and is saved meanwhile. */
export function useRating(runId: string, column: string | undefined) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const key = ['rating-tasks', runId, column ?? 'all'];
  const tasks = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      pictor.evaluations.runs.ratingTasks(runId, { column, limit: pageSize }, { signal }),
  });
  const save = useMutation({
    mutationFn: (body: NewRating) => pictor.evaluations.runs.rate(runId, body),
    onMutate: (body) => queryClient.setQueryData<RatingTaskList>(key, (now) => without(now, body)),
    // More tasks, and those that could not be saved, come from the server.
    onSettled: (_rating, error) => {
      const now = queryClient.getQueryData<RatingTaskList>(key);
      if (error !== null || now?.data.length === 0) void queryClient.invalidateQueries({ queryKey: key });
      void queryClient.invalidateQueries({ queryKey: evaluationsKey });
    },
  });
  return { tasks, rate: save.mutate, failure: save.error };
}

function without(list: RatingTaskList | undefined, rated: NewRating): RatingTaskList | undefined {
  if (list === undefined) return undefined;
  const data = list.data.filter((task) => task.row !== rated.row || task.column !== rated.column);
  return { ...list, data, left: list.left - (list.data.length - data.length) };
}
