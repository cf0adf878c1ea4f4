import type { KeyScope } from './scopes.ts';

/** The project that is there from the first start; the root key acts for it unless it names another. */
export const defaultProjectId = 'proj_default';

export const rootKeyId = 'key_root';

/** After how many days what a project keeps goes by itself. Null: never. */
export type Retention = {
  readonly imagesDays: number | null;
  readonly requestsDays: number | null;
  readonly filesDays: number | null;
};

export type Project = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly retention: Retention;
};

/** What may change of a project. */
export type ProjectChange = { readonly name?: string; readonly retention?: Partial<Retention> };

/** What a key allows. */
export type KeyGrant = {
  readonly scopes: readonly KeyScope[];
  /** Globs over ids and aliases of the catalogue. Null: every model. */
  readonly allowedModels: readonly string[] | null;
  /** From this moment on it is refused. Null: never. */
  readonly expiresAt: Date | null;
};

/** One key of a project, as its row has it: hashes, and never the key. */
export type ApiKey = KeyGrant & {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  /** Its last characters. */
  readonly hint: string;
  readonly hash: string;
  /** Of the key that a roll replaced, while it is still good. */
  readonly previousHash: string | null;
  readonly previousExpiresAt: Date | null;
  readonly createdAt: Date;
  /** To the minute. Null: never used. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
};
