import { z } from 'zod';

const days = z.int().min(1).nullable();

/** Days after which what a project keeps goes by itself; null: never. */
export const retention = z.looseObject({ images_days: days, requests_days: days, files_days: days });

/** One project. */
export const project = z.looseObject({
  id: z.string(),
  object: z.literal('project'),
  name: z.string(),
  /** Unix seconds. */
  created_at: z.int(),
  retention,
});

/** All projects, oldest first. */
export const projectList = z.looseObject({ object: z.literal('list'), data: z.array(project) });

/** The body that makes a project. Without a retention it keeps everything. */
export const projectBody = z.strictObject({
  name: z.string(),
  retention: retention.partial().optional(),
});

/** The body that changes a project: what is not there stays as it is. */
export const projectChange = projectBody.partial();

const counted = z.looseObject({ count: z.int() });

/** Rows, and the size of their bytes; what several rows share counts for each. */
const pile = z.looseObject({ count: z.int(), bytes: z.int() });

const removal = {
  requests: counted,
  images: pile,
  files: pile,
  /** What the disk gets back: bytes that no other row of any project needs. */
  freed_bytes: z.int(),
};

/** What a project's rule would take now, or took. */
export const retentionReport = z.looseObject({
  object: z.enum(['retention.preview', 'retention.run']),
  project: z.string(),
  ...removal,
});

/** What goes with a project; `deleted` false: nothing did yet. */
export const projectDeletion = z.looseObject({
  id: z.string(),
  object: z.literal('project.deletion'),
  name: z.string(),
  deleted: z.boolean(),
  keys: counted,
  webhooks: counted,
  ...removal,
});

/** What a key may do: make pictures and files, read what the project has, manage its keys, limits and webhooks. */
export const keyScope = z.enum(['generate', 'read', 'manage']);

/** One key of a project, without the key itself. */
export const projectKey = z.looseObject({
  id: z.string(),
  object: z.literal('project.api_key'),
  /** Id of its project. */
  project: z.string(),
  name: z.string(),
  /** The key's last characters, to tell keys apart. */
  hint: z.string(),
  scopes: z.array(keyScope),
  /** Names such as `gpt-image-2` and `gpt-image-*`; null: every model. */
  allowed_models: z.array(z.string()).nullable(),
  status: z.enum(['active', 'expired', 'revoked']),
  /** Unix seconds, as all that follow. */
  created_at: z.int(),
  /** Null: never. */
  expires_at: z.int().nullable(),
  /** To the minute; null: it was never used. */
  last_used_at: z.int().nullable(),
  /** Null: it was not. */
  revoked_at: z.int().nullable(),
  /** Until when the secret before the last roll is good; null: it is not. */
  previous_expires_at: z.int().nullable(),
});

/** The keys of a project, newest first. */
export const projectKeyList = z.looseObject({ object: z.literal('list'), data: z.array(projectKey) });

/** A key that was just made or rolled, with the key itself, for the only time. */
export const newProjectKey = projectKey.extend({ key: z.string() });

/** The body that makes a key. */
export const projectKeyBody = z.strictObject({
  name: z.string(),
  /** Default: generate and read. */
  scopes: z.array(keyScope).optional(),
  /** Default: every model. */
  allowed_models: z.array(z.string()).nullable().optional(),
  /** Unix seconds. Default: never. */
  expires_at: z.int().nullable().optional(),
  /** Seconds from now, instead of `expires_at`. */
  expires_in_seconds: z.int().nullable().optional(),
});

export type Retention = z.infer<typeof retention>;
export type Project = z.infer<typeof project>;
export type ProjectList = z.infer<typeof projectList>;
export type ProjectBody = z.infer<typeof projectBody>;
export type ProjectChange = z.infer<typeof projectChange>;
export type RetentionReport = z.infer<typeof retentionReport>;
export type ProjectDeletion = z.infer<typeof projectDeletion>;
export type KeyScope = z.infer<typeof keyScope>;
export type ProjectKey = z.infer<typeof projectKey>;
export type ProjectKeyList = z.infer<typeof projectKeyList>;
export type NewProjectKey = z.infer<typeof newProjectKey>;
export type ProjectKeyBody = z.infer<typeof projectKeyBody>;
