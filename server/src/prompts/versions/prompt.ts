import type { PromptModel, PromptTemplate } from '@pictor/api';

/** A prompt: a name, where it is filed, and its versions. */
export type Prompt = {
  readonly id: string;
  /** For wires that know numbers only. */
  readonly number: number;
  readonly projectId: string;
  /** Unique in its project. */
  readonly name: string;
  /** Path of its folder, `brand/autumn`; empty: at the top. */
  readonly folder: string;
  readonly tags: readonly string[];
  readonly latestVersion: number;
  /** Null: in use. */
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
};

/** One immutable version. */
export type PromptVersion = {
  readonly id: string;
  readonly number: number;
  readonly promptId: string;
  /** From 1. */
  readonly version: number;
  readonly template: PromptTemplate;
  /** Null: it is a snippet, or the model is named when it is run. */
  readonly model: PromptModel | null;
  /** The caller's own facts about the version. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly commitMessage: string;
  readonly createdAt: Date;
  readonly keyId: string | null;
};
