import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Size } from '../common/view-geometry.ts';
import { countPainted, packBitmap } from './bitmap.ts';
import { type KeptMask, recallMask, rememberMask } from './mask-memory.ts';
import { decodeMask, type ReadMask } from './mask-png.ts';
import { emptyHistory, type MaskDocument, type MaskHistory, openMaskDocument } from './open-mask-document.ts';
import { paintOverlay } from './overlay.ts';

export type MaskedImage = Size & { readonly url: string };

export type Mask = {
  /** Goes on the canvas that shows what is painted. */
  readonly canvasRef: RefObject<HTMLCanvasElement | null>;
  /** Null until what was there before has been read. */
  readonly document: MaskDocument | null;
  /** Why the mask that was given could not be read; null: it could, or there was none. */
  readonly failure: Error | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Of all pixels, 0 to 1, how many are to be changed. */
  readonly share: number;
  /** Puts a mask from a file in place of what is painted. */
  readonly importFile: (file: Blob) => Promise<ReadMask>;
  /** Notes that the mask is handed on as it is. */
  readonly markSaved: () => void;
};

type Opened = {
  readonly document: MaskDocument | null;
  readonly failure: Error | null;
  readonly history: MaskHistory;
  readonly share: number;
};

const unopened: Opened = { document: null, failure: null, history: emptyHistory, share: 0 };

/** The mask of an image: what was painted over it in this browser before, or else the mask that is given. */
export function useMask({ url, width, height }: MaskedImage, given: Blob | null): Mask {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const [{ document, failure, history, share }, setOpened] = useState(unopened);

  useEffect(() => {
    let isGone = false;
    const size = { width, height };
    const openFrom = (start: MaskHistory, why: Error | null): void => {
      if (isGone) return;
      const opened = openMaskDocument(size, start, {
        onPaint: (bitmap, box) => paintOverlay(canvasRef.current, bitmap, box),
        onHistory: (bitmap, next) => {
          rememberMask(url, { history: next, isSaved: false });
          setOpened((now) => ({ ...now, history: next, share: countPainted(bitmap) / (width * height) }));
        },
      });
      const painted = countPainted(opened.bitmap) / (width * height);
      setOpened({ document: opened, failure: why, history: start, share: painted });
    };
    recallMask(url)
      .then((kept) => chooseStart(kept, given, size))
      .then(
        (start) => openFrom(start, null),
        (error: unknown) => openFrom(emptyHistory, error instanceof Error ? error : new Error(String(error))),
      );
    return () => {
      isGone = true;
    };
  }, [url, width, height, given]);

  return {
    canvasRef,
    document,
    failure,
    canUndo: history.done > 0,
    canRedo: history.done < history.steps.length,
    share,
    importFile: async (file) => {
      const read = await decodeMask(file, { width, height });
      document?.add({ kind: 'replace', packed: packBitmap(read.bitmap) });
      return read;
    },
    markSaved: () => rememberMask(url, { history, isSaved: true }),
  };
}

/** Strokes that were not handed on yet come first; a mask that was given since comes before those that were. */
async function chooseStart(kept: KeptMask | null, given: Blob | null, size: Size): Promise<MaskHistory> {
  if (given === null || kept?.isSaved === false) return kept?.history ?? emptyHistory;
  const base = packBitmap((await decodeMask(given, size)).bitmap);
  if (kept === null) return { base, steps: [], done: 0 };
  const keptDocument = openMaskDocument(size, kept.history, { onPaint: ignore, onHistory: ignore });
  const isSame = packBitmap(keptDocument.bitmap).every((byte, at) => byte === base[at]);
  return isSame ? kept.history : { base, steps: [], done: 0 };
}

function ignore(): void {
  // Only its pixels are wanted.
}
