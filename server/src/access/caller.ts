import type { Scope } from './scopes.ts';

/** Who makes a request, once that is known. Everything that is stored or listed is scoped by `projectId`. */
export type Caller = {
  readonly projectId: string;
  readonly projectName: string;
  /** The key behind the request; a session stands for the key that opened it. */
  readonly keyId: string;
  readonly by: 'key' | 'session';
  readonly scopes: readonly Scope[];
  /** Globs over model names; see `requireModel`. Null: every model. */
  readonly allowedModels: readonly string[] | null;
};
