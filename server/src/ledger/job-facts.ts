import type { ModelRow, PixelSize } from '../models/index.ts';

/** What one job asked and made, as far as tokens depend on it. */
export type JobFacts = {
  readonly row: ModelRow;
  readonly prompt: string;
  /** Reference pictures of an edit; empty for a generation. */
  readonly images: readonly PixelSize[];
  readonly mask?: PixelSize | undefined;
  /** How many images came, or are wanted. */
  readonly n: number;
  /** Of every image: the real size, or the wanted one. Absent: unknown. */
  readonly size?: PixelSize | undefined;
  /** Absent or `auto`: the model's dearest level counts, so that an estimate is never too low. */
  readonly quality?: string | undefined;
  readonly inputFidelity?: string | undefined;
  /** Previews over all images together. */
  readonly partialImages: number;
  /** Gemini's tier; absent: the tier nearest to `size`, else the row's default. */
  readonly imageSize?: string | undefined;
  /** Gemini's `media_resolution`. */
  readonly mediaResolution?: string | undefined;
  /** Bytes or characters of text that came beside the images. */
  readonly textOutChars?: number | undefined;
};
