import type { ImageJob } from '../../../models/index.ts';
import type { Reply } from '../open-caller.ts';
import type { FailureSource } from './read-failure.ts';

/** What surrounds a reply that began well. */
export type ReplyFacts = {
  readonly job: ImageJob;
  readonly reply: Reply;
  /** Aborted when Pictor gives the job up: then nothing that came is worth finishing for. */
  readonly signal: AbortSignal;
  readonly source: FailureSource;
  /** Gets a picture that the reply names by its address. Throws a ProviderError. */
  readonly fetchPicture: (url: string) => Promise<AsyncIterable<Uint8Array>>;
};
