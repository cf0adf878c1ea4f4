import type { Model, Pictor } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';

const staleMs = 5 * 60_000;

const queryKey = ['models'] as const;

async function listModels(pictor: Pictor, signal: AbortSignal): Promise<readonly Model[]> {
  return (await pictor.models.list({ signal })).data;
}

/** Every model, whether it draws or leads conversations. */
export function useModels() {
  return useChosenModels(selectEveryModel);
}

/** The models that make pictures from a prompt. */
export function useGenerationModels() {
  return useChosenModels(selectGenerationModels);
}

/** The models that a chat can run on: those that talk. */
export function useChatModels() {
  return useChosenModels(selectChatModels);
}

function useChosenModels(select: (models: readonly Model[]) => readonly Model[]) {
  const pictor = usePictor();
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => listModels(pictor, signal),
    staleTime: staleMs,
    select,
  });
}

function selectEveryModel(models: readonly Model[]): readonly Model[] {
  return models;
}

function selectChatModels(models: readonly Model[]): readonly Model[] {
  return models.filter(
    ({ pictor }) =>
      pictor.endpoints.includes('responses') && !['gpt-image', 'dall-e'].includes(pictor.family),
  );
}

function selectGenerationModels(models: readonly Model[]): readonly Model[] {
  return models.filter((model) => model.pictor.endpoints.includes('images.generations'));
}
