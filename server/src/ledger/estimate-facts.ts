import type { ModelRow, PixelSize } from '../models/index.ts';

/** What is known of a job before its engine is called. */
export type EstimateFacts = {
  readonly row: ModelRow;
  readonly prompt: string;
  /** Reference pictures of an edit; empty for a generation. */
  readonly images: readonly PixelSize[];
  readonly mask?: PixelSize | undefined;
  readonly n: number;
  /** Absent or `auto`: as the model does by itself. */
  readonly size?: PixelSize | 'auto' | undefined;
  readonly quality?: string | undefined;
  readonly inputFidelity?: string | undefined;
  /** Previews of each image. */
  readonly partialImages: number;
  /** Gemini's tier. */
  readonly imageSize?: string | undefined;
  readonly mediaResolution?: string | undefined;
};
