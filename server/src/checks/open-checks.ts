import { availableParallelism } from 'node:os';
import { CheckFailure } from './check-failure.ts';
import type { CheckDescription, CheckInputs, CheckResult } from './image-check.ts';
import { findKind, listKinds } from './kinds/list-kinds.ts';
import { need } from './material/open-material.ts';
import { openPool } from './process/open-pool.ts';

/** Longer than any check of a picture within the limits takes on a busy machine. */
const defaultMaxCheckMs = 60_000;

export type Checks = {
  /** Every check, in the order in which to show them. */
  readonly list: readonly CheckDescription[];
  /** Null: no check has this name. Its `options` tell whether what a caller sent can be used, before anything runs. */
  readonly find: (name: string) => CheckDescription | null;
  /**
   * Runs one check beside the server. Reads the options, so defaults may be left out. The same inputs and options give
   * the same result. Throws a CheckFailure.
   */
  readonly run: (
    name: string,
    inputs: CheckInputs,
    options?: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ) => Promise<CheckResult>;
  readonly close: () => Promise<void>;
};

/** Checks of pictures that need no model. Processes are started with the first check. */
export function openChecks(
  settings: {
    /** Checks that run at the same time. Default: one less than the machine has cores, 1 to 4. */
    readonly processes?: number;
    /** Default 60,000. */
    readonly maxCheckMs?: number;
  } = {},
): Checks {
  const processes = settings.processes ?? Math.min(4, Math.max(1, availableParallelism() - 1));
  const pool = openPool({ processes, maxCheckMs: settings.maxCheckMs ?? defaultMaxCheckMs });
  return {
    list: listKinds(),
    find: findKind,
    run: async (name, inputs, options = {}, signal) => {
      const kind = findKind(name);
      if (kind === null) throw new CheckFailure('unknown_check', `No check is called ${name}.`);
      const read = kind.options.safeParse(options);
      if (!read.success) throw new CheckFailure('invalid_options', explainOptions(read.error.issues));
      for (const input of kind.requires) need(inputs[input] ?? null, input);
      return await pool.run({ check: name, inputs, options: read.data }, signal);
    },
    close: pool.close,
  };
}

function explainOptions(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  const [first] = issues;
  const place = first?.path.join('.') ?? '';
  return `Options: ${place === '' ? '' : `${place}: `}${first?.message ?? 'cannot be read'}`;
}
