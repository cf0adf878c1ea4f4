import { z } from 'zod';

/** Google's filters and how strict each of them is, as pictor.yaml has them. */
export const safetySettings = z
  .array(
    z.strictObject({
      category: z
        .string()
        .regex(/^HARM_CATEGORY_[A-Z_]+$/, "use Google's own names, such as HARM_CATEGORY_HARASSMENT"),
      threshold: z.enum([
        'BLOCK_LOW_AND_ABOVE',
        'BLOCK_MEDIUM_AND_ABOVE',
        'BLOCK_ONLY_HIGH',
        'BLOCK_NONE',
        'OFF',
      ]),
    }),
  )
  .describe("Google's content filters; its own defaults when absent.");
