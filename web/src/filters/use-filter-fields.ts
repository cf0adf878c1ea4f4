import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { type FilterField, requestFilterFields } from './filter-field.ts';

const staleMs = 5 * 60_000;

/** The fields of requests with the models and saved prompts that there are as values to choose from. */
export function useFilterFields(): readonly FilterField[] {
  const pictor = usePictor();
  const { data } = useQuery({
    queryKey: ['filter-values'],
    staleTime: staleMs,
    queryFn: async ({ signal }) => {
      const [models, prompts] = await Promise.all([
        pictor.models.list({ signal }),
        pictor.prompts.list({}, { signal }),
      ]);
      const ids = models.data.map((model) => model.id);
      const names = prompts.data.map((prompt) => prompt.name);
      return { model_id: ids, model: ids, prompt_name: names } as Readonly<Record<string, string[]>>;
    },
  });
  return useMemo(
    () =>
      requestFilterFields.map((field) => {
        const options = data?.[field.name];
        return options === undefined || options.length === 0 ? field : { ...field, options };
      }),
    [data],
  );
}
