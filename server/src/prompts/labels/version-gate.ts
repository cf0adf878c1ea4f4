import type { PromptsSql } from '../tables.ts';
import type { Prompt } from '../versions/prompt.ts';

/** Who has a say in which versions labels may name. It is asked within the transaction that changes them. */
export type VersionGate = {
  /** Throws `label_gated` where the label may not send anybody to one of the versions. */
  readonly checkMove: (
    sql: PromptsSql,
    prompt: Prompt,
    label: string,
    versions: readonly number[],
  ) => Promise<void>;
  /** A version is about to be committed. */
  readonly noteVersion: (sql: PromptsSql, prompt: Prompt, version: number) => Promise<void>;
  /** To be called behind that transaction. */
  readonly committed: () => void;
};
