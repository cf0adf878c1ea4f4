import { type ImagesResponse, imagesResponse } from '@pictor/api';
import { expect } from 'vitest';
import { type Pixels, readPixels } from './pictures.ts';

/** The answer of an image route that must have worked. */
export async function answerOf(response: Response): Promise<ImagesResponse> {
  expect(response.status).toBe(200);
  return imagesResponse.parse(await response.json());
}

export type AnsweredError = {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly param: unknown;
  readonly code: unknown;
};

/** The envelope of a refusal, with its status. */
export async function errorOf(response: Response): Promise<AnsweredError> {
  const body = (await response.json()) as { error: Omit<AnsweredError, 'status'> };
  return { status: response.status, ...body.error };
}

/** One picture of an answer, decoded. */
export async function pixelsOf(answer: Pick<ImagesResponse, 'data'>, index = 0): Promise<Pixels> {
  return await readPixels(Buffer.from(answer.data[index]?.b64_json ?? '', 'base64'));
}
