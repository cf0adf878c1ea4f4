import type { ImageJob } from '../../models/index.ts';
import type { Reply } from '../kit/open-caller.ts';

/** What surrounds a reply that began well. */
export type ReplyFacts = {
  readonly job: ImageJob;
  readonly reply: Reply;
  /** Aborted when Pictor gives the job up: then nothing that came is worth finishing for. */
  readonly signal: AbortSignal;
  /** What no message may show. */
  readonly hidden: { readonly key: string; readonly prompt: string };
  /** Gets a picture that the reply names by its address. Throws a ProviderError. */
  readonly fetchPicture: (url: string) => Promise<AsyncIterable<Uint8Array>>;
};
