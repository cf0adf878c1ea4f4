import type { Model } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';

const staleMs = 5 * 60_000;

/** The models that make pictures from a prompt. */
export function useGenerationModels() {
  const pictor = usePictor();
  return useQuery({
    queryKey: ['models'],
    queryFn: async ({ signal }): Promise<readonly Model[]> => (await pictor.models.list({ signal })).data,
    staleTime: staleMs,
    select: selectGenerationModels,
  });
}

function selectGenerationModels(models: readonly Model[]): readonly Model[] {
  return models.filter((model) => model.pictor.endpoints.includes('images.generations'));
}
