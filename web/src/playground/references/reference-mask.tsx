import { useQuery } from '@tanstack/react-query';
import { usePictor } from '../../common/pictor-context.ts';
import { MaskPainter } from '../../mask/mask-painter.tsx';
import type { Reference } from '../draft.ts';

type ReferenceMaskProps = {
  readonly image: Reference;
  /** Id of the file of the mask so far; null: none. */
  readonly maskId: string | null;
  readonly onSave: (mask: Blob | null) => void;
  readonly onClose: () => void;
};

/** Paints where the first reference may change, from the mask that was painted before. */
export function ReferenceMask({ image, maskId, onSave, onClose }: ReferenceMaskProps) {
  const pictor = usePictor();
  const before = useQuery({
    queryKey: ['playground-mask', maskId],
    queryFn: async ({ signal }) =>
      maskId === null ? null : await new Response(await pictor.files.download(maskId, { signal })).blob(),
    // A mask that is gone is begun anew.
    retry: false,
  });
  if (before.isPending) return null;
  return <MaskPainter image={image} mask={before.data ?? null} onSave={onSave} onClose={onClose} />;
}
