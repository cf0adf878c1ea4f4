import { z } from 'zod';

const registryFile = z.looseObject({ path: z.string(), content: z.string() });

/** Every prompt as a file. */
export const registryExport = z.looseObject({
  object: z.literal('registry.export'),
  files: z.array(registryFile),
});

/** What an import did, or would do, with every file. */
export const registryImported = z.looseObject({
  object: z.literal('registry.import'),
  dry_run: z.boolean(),
  files: z.array(
    z.looseObject({
      path: z.string(),
      prompt: z.string(),
      change: z.enum(['created', 'updated', 'unchanged']),
      versions: z.array(z.int()),
    }),
  ),
});

const counted = z.array(
  z.looseObject({
    name: z.string(),
    /** How many prompts have it. */
    prompts: z.int(),
  }),
);

/** Where the prompts of a project are, and how they are marked; archived ones are not counted. */
export const registrySummary = z.looseObject({
  object: z.literal('registry.summary'),
  prompts: z.int(),
  /** Paths, `brand/autumn`, with those above them; each counts what is in it and below it. */
  folders: counted,
  tags: counted,
  labels: counted,
});

export type RegistryExport = z.infer<typeof registryExport>;
export type RegistryImported = z.infer<typeof registryImported>;
export type RegistrySummary = z.infer<typeof registrySummary>;
