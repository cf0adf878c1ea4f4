import { labelSplit, promptModel, promptTemplate } from '@pictor/api';
import { z } from 'zod';

/** Of years that databases and JavaScript write alike. */
const moment = z.iso.datetime().refine((text) => !text.startsWith('0000'), 'the year 0 is none');

/** One prompt as a file: everything of it but numbers, which are each database's own. */
export const promptFile = z.strictObject({
  id: z.string().regex(/^pmpt_[0-9a-f]{32}$/),
  name: z.string(),
  folder: z.string().default(''),
  tags: z.array(z.string()).default([]),
  archived_at: moment.optional(),
  created_at: moment,
  labels: z
    .record(
      z.string(),
      z.strictObject({
        version: z.int().min(1).max(2_147_483_647),
        protected: z.boolean().default(false),
        split: labelSplit.optional(),
        created_at: moment,
      }),
    )
    .default({}),
  /** Oldest first, without gaps. */
  versions: z
    .array(
      z.strictObject({
        version: z.int().min(1),
        commit_message: z.string().default(''),
        created_at: moment,
        model: promptModel.optional(),
        metadata: z.record(z.string(), z.unknown()).default({}),
        template: promptTemplate,
      }),
    )
    .min(1),
});
export type PromptFile = z.infer<typeof promptFile>;

/** A file of the registry, for a folder under version control. */
export type RegistryFile = {
  /** With slashes, below the folder of the registry: `brand/autumn/kite.yaml`. */
  readonly path: string;
  readonly content: string;
};
