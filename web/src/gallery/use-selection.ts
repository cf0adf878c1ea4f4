import type { GalleryImage } from '@pictor/sdk';
import { useCallback, useMemo, useRef, useState } from 'react';

export type Selection = {
  readonly ids: ReadonlySet<string>;
  /** Those that are loaded, in the order of the list. */
  readonly images: readonly GalleryImage[];
  readonly toggle: (index: number) => void;
  /** From the image that was chosen last to this one. */
  readonly extend: (index: number) => void;
  readonly all: () => void;
  readonly clear: () => void;
};

/** Which images are chosen. */
export function useSelection(images: readonly GalleryImage[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set());
  const anchor = useRef<string>(undefined);
  const toggle = useCallback(
    (index: number) => {
      const id = images[index]?.id;
      if (id === undefined) return;
      anchor.current = id;
      setIds((now) =>
        now.has(id) ? new Set([...now].filter((each) => each !== id)) : new Set([...now, id]),
      );
    },
    [images],
  );
  const extend = useCallback(
    (index: number) => {
      const from = Math.max(
        0,
        images.findIndex((image) => image.id === anchor.current),
      );
      const range = images.slice(Math.min(from, index), Math.max(from, index) + 1);
      anchor.current ??= images[index]?.id;
      setIds((now) => new Set([...now, ...range.map((image) => image.id)]));
    },
    [images],
  );
  const all = useCallback(() => setIds(new Set(images.map((image) => image.id))), [images]);
  const clear = useCallback(() => {
    anchor.current = undefined;
    setIds(new Set());
  }, []);
  const chosen = useMemo(() => images.filter((image) => ids.has(image.id)), [images, ids]);
  return { ids, images: chosen, toggle, extend, all, clear };
}
