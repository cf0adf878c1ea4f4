import type { ModelRow } from './model-row.ts';
import type { OutputFormat } from './output-format.ts';

/** What a job asks of an image model. */
export type JobKind = 'generate' | 'edit' | 'vary';

/** Width and height in pixels. */
export type PixelSize = { readonly width: number; readonly height: number };

/**
 * A picture that goes into a job. Its bytes stay where they are (usually a file in the store); every
 * call of `open` reads them from the beginning, so that a retry can send them again.
 */
export type ImageInput = {
  /** Sniffed from the bytes, never taken from a header: `image/png`, `image/jpeg`, `image/webp`, … */
  readonly mediaType: string;
  readonly byteCount: number;
  readonly width: number;
  readonly height: number;
  /** BLAKE3 of the bytes, lower-case hex. */
  readonly hash: string;
  readonly open: () => AsyncIterable<Uint8Array>;
  /** What the provider that made this picture wants back with it in a later turn. */
  readonly replay?: Replay;
  /** The picture as its model made it, where what callers got was changed afterwards. */
  readonly original?: {
    readonly mediaType: string;
    readonly byteCount: number;
    readonly open: () => AsyncIterable<Uint8Array>;
  };
};

/**
 * Facts that only the provider which made an image can read, kept with the image and handed back
 * unchanged when the image takes part in a later turn (Gemini's thought signature, for one).
 */
export type Replay = {
  readonly provider: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** One earlier turn of a conversation, in order. Models without conversations ignore nothing silently: routing never sends them any. */
export type Turn = {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly TurnPart[];
};

export type TurnPart =
  | { readonly type: 'text'; readonly text: string; readonly replay?: Replay }
  | { readonly type: 'image'; readonly image: ImageInput };

/** How a model chooses what it writes. What is absent is left to it. */
export type Sampling = {
  /** 0 to 2. */
  readonly temperature?: number;
  /** 0 to 1. */
  readonly topP?: number;
  /** At least 1; thoughts and pictures count. */
  readonly maxOutputTokens?: number;
};

/**
 * The one canonical request: every wire that Pictor speaks becomes an ImageJob, every provider reads one.
 * A field that is absent was not asked for, or was dropped and reported before the provider was called.
 */
export type ImageJob = {
  readonly kind: JobKind;
  /** The catalogue row whose rules the job was fitted to. */
  readonly row: ModelRow;
  /** The provider's own name for the model: a deployment, a snapshot, or the row's id. */
  readonly upstreamModel: string;
  /** Empty for `vary`, which has no prompt on the wire. */
  readonly prompt: string;
  /** Reference pictures, in the order sent. The mask applies to the first. */
  readonly images: readonly ImageInput[];
  /** Always OpenAI's convention: same size as the first image, alpha 0 means edit here. */
  readonly mask?: ImageInput;
  /** How many images are wanted, 1 to 10. */
  readonly n: number;
  /** Absent or `auto`: the model decides. */
  readonly size?: PixelSize | 'auto';
  readonly quality?: string;
  readonly background?: 'transparent' | 'opaque' | 'auto';
  readonly outputFormat?: OutputFormat;
  /** Percent, 0 to 100; jpeg and webp only. */
  readonly outputCompression?: number;
  readonly moderation?: string;
  readonly style?: string;
  readonly inputFidelity?: string;
  /** How many previews the caller wants while the picture is made, 0 to 3. */
  readonly partialImages: number;
  /** Gemini's own geometry, for instance `16:9` and `2K`. */
  readonly aspectRatio?: string;
  readonly imageSize?: string;
  readonly thinkingLevel?: string;
  readonly responseModalities?: readonly ('text' | 'image')[];
  readonly mediaResolution?: string;
  /** Same seed, same picture, where the model can promise it. */
  readonly seed?: number;
  /** What must not be in the picture; diffusion engines only. */
  readonly negativePrompt?: string;
  /** How many steps a diffusion engine takes. */
  readonly inferenceSteps?: number;
  /** How closely a diffusion engine keeps to the prompt. */
  readonly guidanceScale?: number;
  /** Classifier-free guidance of engines that have it beside a distilled one. */
  readonly trueCfgScale?: number;
  /** The caller's opaque name for its end user. */
  readonly user?: string;
  /** Earlier turns of the conversation this job continues, oldest first. */
  readonly history?: readonly Turn[];
  /** True: in this conversation words alone are an answer too. Absent: a picture is wanted. */
  readonly mayOnlyWrite?: boolean;
  /** How an engine that leads a conversation chooses its words. */
  readonly sampling?: Sampling;
  /** Fields that the row lists as `passThrough`, exactly as they were sent. */
  readonly passThrough: Readonly<Record<string, unknown>>;
};
