import { z } from 'zod';

/** The value of `error` in every answer that is not a success. */
export const errorEnvelope = z.looseObject({
  message: z.string(),
  type: z.string(),
  param: z.string().nullable(),
  code: z.string().nullable(),
});

/** An error answer: OpenAI's envelope. */
export const errorAnswer = z.looseObject({ error: errorEnvelope });

export type ErrorEnvelope = z.infer<typeof errorEnvelope>;
