import type { ImageFacts } from './inspect-image.ts';

export type WorkerStart = {
  readonly dataDir: string;
  /** Memory that both threads see, in slots of `slotBytes`. */
  readonly memory: SharedArrayBuffer;
};

/** A multiple of 4, so that the base64 of every full slot decodes by itself. */
export const slotBytes = 256 * 1024;

/** What the main thread asks. Parts of one put come in order, each in a slot of its own. */
export type Question =
  | {
      readonly type: 'part';
      readonly put: number;
      readonly slot: number;
      readonly byteCount: number;
      readonly isBase64: boolean;
      readonly isLast: boolean;
      /** With the last part: look whether it is a picture before it gets its place. */
      readonly isPicture: boolean;
    }
  /** Nothing more will come: what was written goes. */
  | { readonly type: 'drop'; readonly put: number };

export type Answer =
  /** The part is written; its slot is free. */
  | { readonly type: 'taken'; readonly put: number }
  | { readonly type: 'stored'; readonly put: number; readonly written: Written }
  /** The put is over and its file is gone. */
  | { readonly type: 'failed'; readonly put: number; readonly error: WriteFailure };

/** Bytes that are on disk. `path` is their final place, or a temporary one when it is not known yet what they are. */
export type Written = {
  readonly hash: string;
  readonly byteCount: number;
  readonly path: string;
  readonly isKept: boolean;
  /** Facts of a picture that could be told from its first and last bytes; null: somebody must look. */
  readonly facts: ImageFacts | null;
};

export type WriteFailure = {
  readonly isBase64Wrong: boolean;
  readonly message: string;
  /** The system's word, such as ENOSPC. */
  readonly code?: string;
};
