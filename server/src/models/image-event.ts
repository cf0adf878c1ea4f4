import type { PixelSize, Replay } from './image-job.ts';
import type { OutputFormat } from './output-format.ts';
import type { ProviderError } from './provider-error.ts';
import type { Usage } from './usage.ts';

/**
 * A picture's bytes in parts, read once. Where they come as base64, that may be read in their place: clean base64, in
 * the standard alphabet and padded, in parts of any length, so that what needs base64 again need not make it.
 */
export type ImageChunks = AsyncIterable<Uint8Array> & { readonly base64?: AsyncIterable<Uint8Array> };

/**
 * Image bytes on their way. `chunks` is read once; nobody upstream of the store holds the whole image.
 * The declared type is only what the provider claims: the store sniffs the bytes and believes those.
 */
export type ImageBytes = {
  readonly chunks: ImageChunks;
  readonly declaredMediaType?: string;
};

/** The values that were really used, as far as the provider says. Absent means it did not say. */
export type AppliedParameters = {
  readonly size?: PixelSize;
  readonly quality?: string;
  readonly background?: 'transparent' | 'opaque';
  readonly outputFormat?: OutputFormat;
  readonly aspectRatio?: string;
  readonly imageSize?: string;
  /** The seed that was sent, where Pictor drew one because the caller named none. */
  readonly seed?: number;
};

/** How far an emulated mask was obeyed, measured outside of it before the original was put back there. */
export type MaskDrift = {
  /** Mean absolute difference to the original over all channels, 0 to 255. */
  readonly meanDifference: number;
  /** Share of pixels that differ in any channel by more than 8, 0 to 1. */
  readonly changedShare: number;
};

/** Facts of an image that came behind its bytes. */
export type LateFacts = {
  readonly imageIndex: number;
  readonly applied: AppliedParameters;
  readonly revisedPrompt?: string;
};

/**
 * What an image model tells while it works, in this grammar:
 *
 *     started  ( progress | partial | image | text )*  usage?  finished
 *
 * A model throws a ProviderError instead of `finished` when nothing usable came. The consumer must drain
 * `bytes.chunks` of a partial or an image before it asks for the next event.
 * `text` and `image` events arrive in the model's own order, so that interleaved answers keep it.
 */
export type ImageEvent =
  | {
      readonly type: 'started';
      /** The provider's id for the call, for support requests. */
      readonly upstreamRequestId?: string;
      /** Headers worth passing on (rate limits), lower-case names. Never credentials. */
      readonly upstreamHeaders?: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'progress';
      /** A word or two for a person: `sketching`, `queued`. */
      readonly stage: string;
      /** 0 to 1 where it is known. */
      readonly fraction?: number;
    }
  | {
      readonly type: 'partial';
      /** Which of the n images this previews, from 0. */
      readonly imageIndex: number;
      /** Which preview of that image, from 0. */
      readonly partialIndex: number;
      readonly bytes: ImageBytes;
      readonly applied: AppliedParameters;
    }
  | {
      readonly type: 'image';
      readonly imageIndex: number;
      readonly bytes: ImageBytes;
      readonly applied: AppliedParameters;
      readonly revisedPrompt?: string;
      readonly replay?: Replay;
      /**
       * The bytes as the model made them, where `bytes` were transcoded or put together; kept, because the model wants
       * its own bytes back in a later turn. Drained after `bytes`.
       */
      readonly original?: ImageBytes;
      /** Where a mask was emulated. */
      readonly maskDrift?: MaskDrift;
    }
  | { readonly type: 'text'; readonly text: string; readonly replay?: Replay }
  | { readonly type: 'usage'; readonly usage: Usage }
  | {
      readonly type: 'finished';
      /** The provider's own word for how it ended, where it has one. */
      readonly finishReason?: string;
      /** Images of the n that did not come, each with its reason. Absent: all came. */
      readonly missing?: readonly { readonly imageIndex: number; readonly error: ProviderError }[];
      /**
       * What the provider told of images only behind their bytes. It adds to the image's own event, which could not
       * wait for it: bytes are handed on while they arrive.
       */
      readonly late?: readonly LateFacts[];
      /** The provider's ids of all calls that the job took, where `started` could not know them. */
      readonly upstreamRequestId?: string;
    };
