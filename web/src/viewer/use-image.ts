import { useQuery } from '@tanstack/react-query';
import { usePictor } from '../common/pictor-context.ts';

/** Cache key above everything read about single images. */
const imageKey = ['image'] as const;

/** One stored image with all that is known of it. */
export function useImage(id: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...imageKey, id],
    queryFn: ({ signal }) => pictor.gallery.get(id, { signal }),
  });
}

/** What one step led to an image, and what one step came of it. */
export function useFamily(id: string) {
  const pictor = usePictor();
  return useQuery({
    queryKey: [...imageKey, id, 'family'],
    queryFn: ({ signal }) => pictor.gallery.family(id, 1, { signal }),
  });
}
