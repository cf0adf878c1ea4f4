import type { GenerateRequest } from '@pictor/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';
import { requestsKey } from '../requests/use-requests.ts';

/** Runs a prompt; resolves with the id of the request, null where the server did not say. */
export function useGenerate(onMade: (requestId: string | null) => void) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  return useMutation({
    // Only the id is kept: the bytes in the answer would stay in memory, and the page shows pictures by address.
    mutationFn: async (body: GenerateRequest) => (await pictor.images.generate(body)).pictor?.request ?? null,
    onSuccess: onMade,
    onSettled: () => queryClient.invalidateQueries({ queryKey: requestsKey }),
  });
}
