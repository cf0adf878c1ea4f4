import { z } from 'zod';

/** A file as the Files API tells it. */
export const storedFile = z.looseObject({
  id: z.string(),
  object: z.literal('file'),
  bytes: z.int(),
  /** Unix seconds. */
  created_at: z.int(),
  /** Unix seconds; absent: it stays. */
  expires_at: z.int().optional(),
  filename: z.string(),
  purpose: z.string(),
});

export type StoredFile = z.infer<typeof storedFile>;
