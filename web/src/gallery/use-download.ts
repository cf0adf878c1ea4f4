import type { GalleryImage } from '@pictor/sdk';
import { useCallback, useRef, useState } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { saveStream } from '../common/save-stream.ts';

type DownloadState =
  /** Bytes so far, and of the pictures in all: a zip is a little more. */
  | { readonly kind: 'running'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly error: Error };

export type Download = {
  /** Null: nothing runs, and nothing went wrong. */
  readonly state: DownloadState | null;
  /** One image as its file, several as a zip. */
  readonly start: (images: readonly GalleryImage[]) => void;
  readonly cancel: () => void;
};

/** Hands images out as files, and tells how far it is. */
export function useDownload(): Download {
  const pictor = usePictor();
  const [state, setState] = useState<DownloadState | null>(null);
  const abort = useRef<AbortController>(undefined);
  const start = useCallback(
    (images: readonly GalleryImage[]) => {
      const [first] = images;
      if (first === undefined) return;
      abort.current?.abort();
      const controller = new AbortController();
      abort.current = controller;
      const { signal } = controller;
      const total = images.reduce((sum, image) => sum + image.bytes, 0);
      const run = async (): Promise<void> => {
        const ids = images.map((image) => image.id);
        const stream =
          images.length === 1
            ? await pictor.gallery.download(first.id, { signal })
            : await pictor.gallery.zip({ ids }, { signal });
        const name = images.length === 1 ? nameFile(first) : `pictor-images-${images.length}.zip`;
        await saveStream(stream, name, (done) => setState({ kind: 'running', done, total }));
        setState(null);
      };
      setState({ kind: 'running', done: 0, total });
      run().catch((error: unknown) => {
        if (signal.aborted) setState(null);
        else setState({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
      });
    },
    [pictor],
  );
  const cancel = useCallback(() => {
    abort.current?.abort();
    setState(null);
  }, []);
  return { state, start, cancel };
}

/** The name that a file gets: nothing in it comes from a prompt. */
function nameFile(image: GalleryImage): string {
  const ending = image.media_type
    .replace(/^image\//, '')
    .replace(/\+.*$/, '')
    .replace(/[^a-z0-9]/g, '');
  return `${image.id}.${ending}`;
}
