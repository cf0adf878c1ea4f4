import type { MaskedImage } from './use-mask.ts';

export type MaskPainterProps = {
  /** The picture as it will be sent, in its own pixels. */
  readonly image: MaskedImage;
  /** The mask to go on with; null: none yet. */
  readonly mask: Blob | null;
  /** A PNG of the size of the image, transparent where it is to be changed; null: nothing is painted, so no mask. */
  readonly onSave: (mask: Blob | null) => void;
  readonly onClose: () => void;
};
