import type { AppliedParameters, ImageInput } from '../models/index.ts';

/** A symbol is what JSON leaves out: rows hold no bytes. */
export const freshBase64: unique symbol = Symbol('base64');

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
  /** Its base64, where it is small and has just come; else it is read from the store. */
  readonly [freshBase64]?: Buffer;
};

/** Characters of base64 that so many bytes make. */
export function base64Length(byteCount: number): number {
  return Math.ceil(byteCount / 3) * 4;
}

/** A picture that came with the request; its bytes are in the store already. */
export type StoredInput = ImageInput & {
  readonly id: string;
  /** How errors name it. */
  readonly param: string;
  readonly hasAlpha: boolean;
  readonly animated: boolean;
};
