import { useDebouncedValue } from '@mantine/hooks';
import type { Estimate } from '@pictor/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { usePictor } from '../../common/pictor-context.ts';
import type { ImagesBody } from '../run/write-body.ts';

const pauseMs = 400;

/** What a run would cost, asked for when nothing was typed for a moment. Null: nothing can be asked yet. */
export function useEstimate(body: ImagesBody | null) {
  const pictor = usePictor();
  const [text] = useDebouncedValue(body === null ? null : JSON.stringify(body), pauseMs);
  return useQuery({
    queryKey: ['playground-estimate', text],
    queryFn: ({ signal }): Promise<Estimate> => pictor.images.estimate(JSON.parse(text ?? '{}'), { signal }),
    enabled: text !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}
