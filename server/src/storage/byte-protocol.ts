import { poolBufferBytes } from '../foundation/index.ts';
import type { ImageFacts } from './inspect-image.ts';

export type WorkerStart = {
  readonly dataDir: string;
  /** Memory that both threads see. */
  readonly memory: SharedArrayBuffer;
};

/** Where bytes lie in the memory. */
export type Segment = { readonly at: number; readonly byteCount: number };

/** What one part of a put holds at most. Every part costs two messages between threads. */
export const largestPartBytes = 2 * poolBufferBytes;

/** What the main thread asks. `id` is the put's: its parts come in order, and their memory stays as it is until they are answered. */
export type Question =
  | {
      readonly type: 'part';
      readonly id: number;
      readonly segments: readonly Segment[];
      readonly isBase64: boolean;
      readonly isLast: boolean;
      /** With the last part: look whether it is a picture before it gets its place. */
      readonly isPicture: boolean;
    }
  /** Nothing more will come: what was written goes. */
  | { readonly type: 'drop'; readonly id: number };

export type Answer =
  /** The part is written; its memory is free. */
  | { readonly type: 'taken'; readonly id: number }
  | { readonly type: 'stored'; readonly id: number; readonly written: Written }
  /** The put is over and its file is gone. */
  | { readonly type: 'failed'; readonly id: number; readonly error: WriteFailure };

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
