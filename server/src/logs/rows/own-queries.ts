import type { Database } from '../../database/index.ts';
import { isWire, type Wire } from '../wire.ts';

type Sql = Database['sql'];

/** A picture that this server made. */
export type OwnPicture = {
  readonly id: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly revisedPrompt: string | null;
  readonly applied: Wire;
  readonly modelId: string;
  /** Of its request, as asked. */
  readonly parameters: Wire;
};

/** An item of a response of this server. */
export type OwnItem = {
  readonly id: string;
  readonly type: string;
  readonly wire: Wire;
  /** Ids of its pictures by their places: `result`, `content.0`. */
  readonly pictures: Readonly<Record<string, string>>;
};

/** The pictures that a request made, or all requests of a response, in order. */
export async function listOwnPictures(
  sql: Sql,
  projectId: string,
  owner: { readonly requestId: string } | { readonly responseId: string },
): Promise<OwnPicture[]> {
  const joined = sql
    .selectFrom('images')
    .innerJoin('requests', 'requests.id', 'images.request_id')
    .where('images.project_id', '=', projectId)
    .where('images.role', '=', 'output');
  const rows = await ('requestId' in owner
    ? joined.where('requests.id', '=', owner.requestId)
    : joined.where('requests.parent_id', '=', owner.responseId)
  )
    .orderBy('requests.id')
    .orderBy('images.position')
    .select(['images.id', 'images.media_type', 'images.width', 'images.height', 'images.revised_prompt'])
    .select(['images.applied', 'requests.model_id', 'requests.parameters', 'requests.answer'])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    mediaType: row.media_type,
    width: row.width,
    height: row.height,
    revisedPrompt: row.revised_prompt,
    applied: joinApplied(row.answer, row.applied),
    modelId: row.model_id,
    parameters: row.parameters,
  }));
}

export async function listOwnItems(
  sql: Sql,
  projectId: string,
  responseId: string,
  role: 'input' | 'output',
): Promise<OwnItem[]> {
  const rows = await sql
    .selectFrom('response_items')
    .where('project_id', '=', projectId)
    .where('owner_id', '=', responseId)
    .where('role', '=', role)
    .orderBy('position')
    .select(['id', 'type', 'item', 'pictures'])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    wire: row.item,
    pictures: Object.fromEntries(row.pictures.flatMap(readPlace)),
  }));
}

function readPlace(picture: unknown): [string, string][] {
  if (!isWire(picture)) return [];
  const { at, imageId } = picture;
  return typeof at === 'string' && typeof imageId === 'string' ? [[at, imageId]] : [];
}

/** Which of these pictures are the project's. */
export async function listOwnedImages(
  sql: Sql,
  projectId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await sql
    .selectFrom('images')
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .select('id')
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** A picture of a call that was made elsewhere, brought by whoever tells of it. */
export async function insertToldImage(
  sql: Sql,
  projectId: string,
  image: {
    readonly id: string;
    readonly hash: string;
    readonly mediaType: string;
    readonly byteCount: number;
    readonly width: number;
    readonly height: number;
  },
): Promise<void> {
  await sql
    .insertInto('images')
    .values({
      id: image.id,
      project_id: projectId,
      request_id: null,
      role: 'output',
      hash: image.hash,
      media_type: image.mediaType,
      byte_count: image.byteCount,
      width: image.width,
      height: image.height,
      revised_prompt: null,
      created_at: new Date(),
    })
    .execute();
}

/** A gateway row: an image request of its own, or a response. */
export type OwnCall = {
  readonly requestId: string | null;
  readonly responseId: string | null;
  readonly keyId: string | null;
  readonly startedAt: Date;
};

/** The gateway's own row of this id. A picture of a response stands for the response. Null: the project has none. */
export async function findOwnCall(sql: Sql, projectId: string, id: string): Promise<OwnCall | null> {
  if (id.startsWith('resp_')) {
    const row = await sql
      .selectFrom('responses')
      .where('project_id', '=', projectId)
      .where('id', '=', id)
      .select(['api_key_id', 'created_at'])
      .executeTakeFirst();
    if (row === undefined) return null;
    return { requestId: null, responseId: id, keyId: row.api_key_id, startedAt: row.created_at };
  }
  const row = await sql
    .selectFrom('requests')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .select(['api_key_id', 'created_at', 'parent_id'])
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.parent_id !== null) {
    const parent = await findOwnCall(sql, projectId, row.parent_id);
    if (parent !== null) return parent;
  }
  return { requestId: id, responseId: null, keyId: row.api_key_id, startedAt: row.created_at };
}

/** What is known of a call whose answer does not name its row. */
export type CallTraits = {
  readonly keyId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** Of its first picture's bytes; null: none came. */
  readonly hash: string | null;
  /** The words that went in. */
  readonly prompt: string | null;
  readonly model: string | null;
};

/** A client's clock may differ by so much. */
const clockMs = 120_000;

/**
 * The gateway's own row of a call by what is known of it: the bytes of its picture, or, where it failed, its words.
 * Only rows of the same key and time count, and only those that nobody told of yet.
 */
export async function guessOwnCall(sql: Sql, projectId: string, traits: CallTraits): Promise<OwnCall | null> {
  let rows = sql
    .selectFrom('requests')
    .leftJoin('request_logs', 'request_logs.request_id', 'requests.id')
    .where('requests.project_id', '=', projectId)
    .where('requests.api_key_id', '=', traits.keyId)
    .where('requests.parent_id', 'is', null)
    .where('requests.created_at', '>', new Date(traits.startedAt.getTime() - clockMs))
    .where('requests.created_at', '<', new Date(traits.finishedAt.getTime() + clockMs))
    .where((is) => is.or([is('request_logs.id', 'is', null), is('request_logs.source', '=', 'gateway')]));
  if (traits.hash !== null) {
    const { hash } = traits;
    rows = rows.where((is) =>
      is.exists(
        is
          .selectFrom('images')
          .whereRef('images.request_id', '=', 'requests.id')
          .where('images.hash', '=', hash)
          .select('images.id'),
      ),
    );
  } else {
    if (traits.prompt === null || traits.model === null) return null;
    rows = rows
      .where('requests.status', 'in', ['failed', 'cancelled', 'interrupted'])
      .where('requests.prompt', '=', traits.prompt)
      .where('requests.model', '=', traits.model);
  }
  const row = await rows
    .orderBy('requests.id', 'desc')
    .select(['requests.id', 'requests.api_key_id', 'requests.created_at'])
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { requestId: row.id, responseId: null, keyId: row.api_key_id, startedAt: row.created_at };
}

/** What the request's own answer says of all its pictures, and each picture's row of itself. */
function joinApplied(answer: unknown, applied: unknown): Wire {
  const shared = isWire(answer) && isWire(answer.applied) ? answer.applied : {};
  return { ...shared, ...(isWire(applied) ? applied : {}) };
}
