import { useQuery } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';

/** Cache key of the budgets. */
export const budgetsKey = ['budgets'] as const;

/** Budgets of the project, with what is spent of them. */
export function useBudgets() {
  const pictor = usePictor();
  return useQuery({
    queryKey: budgetsKey,
    queryFn: ({ signal }) => pictor.budgets.list({ signal }),
  });
}
