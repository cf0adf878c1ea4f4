import type { AppliedParameters, ImageInput } from '../models/index.ts';

/** A picture of a running job, once its bytes are in the store. */
export type StoredImage = {
  readonly id: string;
  /** Which of the n images, from 0. */
  readonly position: number;
  readonly hash: string;
  readonly mediaType: string;
  readonly byteCount: number;
  readonly width: number;
  readonly height: number;
  readonly applied: AppliedParameters;
  readonly revisedPrompt?: string;
};

/** A picture that came with the request; its bytes are in the store already. */
export type StoredInput = ImageInput & {
  readonly id: string;
  /** How errors name it. */
  readonly param: string;
  readonly hasAlpha: boolean;
  readonly animated: boolean;
};
