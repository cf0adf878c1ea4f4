import type { z } from 'zod';
import type { CheckDescription, CheckResult } from '../image-check.ts';
import type { Material } from '../material/open-material.ts';

/** A check, and how it is done. */
export type Kind = CheckDescription & {
  /** `options` were read by the check's own schema. Throws a CheckFailure. */
  readonly run: (material: Material, options: Readonly<Record<string, unknown>>) => Promise<CheckResult>;
};

/** Joins a check's schema and its work, so that the work knows the type of its options. */
export function kind<Options extends Readonly<Record<string, unknown>>>(
  facts: Omit<CheckDescription, 'options'> & {
    readonly options: z.ZodType<Options>;
    readonly run: (material: Material, options: Options) => Promise<CheckResult>;
  },
): Kind {
  // The options come from this very schema, in the process of the server.
  return { ...facts, run: (material, options) => facts.run(material, facts.options.parse(options)) };
}
