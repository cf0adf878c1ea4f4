import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { z } from 'zod';
import type { UpstreamCall } from '../upstreams/serve-upstream.ts';
import { toForm, toJson } from './forms.ts';
import type { Target } from './parameter-targets.ts';
import { readStream } from './read-events.ts';
import type { Pictor } from './start-pictor.ts';

export type Members = Readonly<Record<string, unknown>>;

/** Pictures of an edit or variation; absent: a generation. */
export type Pictures = { readonly image: readonly Buffer[]; readonly mask?: Buffer };

export type Ask = {
  readonly route: 'generations' | 'edits' | 'variations';
  readonly members: Members;
  readonly pictures?: Pictures;
  readonly mode?: 'default' | 'strict';
};

/** What became of one request: what the upstream got and what the caller was told, one fact a line. */
export type Observed = {
  /** Null: it was answered well. */
  readonly refusal: { readonly param: string | null; readonly code: string } | null;
  /** Of all calls that it took. */
  readonly sent: readonly string[];
  /** What can be seen of the answer. */
  readonly seen: readonly string[];
  readonly adjustments: readonly { parameter: string; action: string; applied: unknown }[];
  /** As the request's row keeps them. */
  readonly kept: Members;
  readonly bytes: Buffer;
};

const adjustments = z.array(
  z.object({
    parameter: z.string(),
    action: z.enum(['approximated', 'dropped', 'passed-through']),
    requested: z.unknown(),
    applied: z.unknown(),
    reason: z.string().regex(/^.{15,}\.$/s),
  }),
);
const report = z.object({ request: z.string(), adjustments });
const answer = z.object({
  data: z.array(z.object({ b64_json: z.string().optional(), url: z.string().optional() })),
  size: z.string().optional(),
  quality: z.string().optional(),
  background: z.string().optional(),
  output_format: z.string().optional(),
  pictor: report,
});
const completed = answer.omit({ data: true }).extend({ b64_json: z.string() });
const failure = z.object({ error: z.object({ param: z.string().nullable(), code: z.string() }) });

/** Asks Pictor for one thing, and looks at what its upstream got. Throws where the answer is none of a documented shape. */
export async function observe(pictor: Pictor, target: Target, ask: Ask): Promise<Observed> {
  const before = target.upstream?.calls.length ?? 0;
  const response = await send(pictor, target, ask);
  const text = await response.text();
  const calls = target.upstream?.calls.slice(before).filter(isWork) ?? [];
  const sent = [...new Set(calls.flatMap(toLines)), ...(calls.length > 1 ? [`calls=${calls.length}`] : [])];
  if (response.status !== 200) {
    if (response.status !== 400) throw new Error(`${response.status}: ${text}`);
    const { error } = failure.parse(JSON.parse(text));
    return { refusal: error, sent, seen: [], adjustments: [], kept: {}, bytes: Buffer.alloc(0) };
  }
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const read = isStream ? readEvents(text) : { ...answer.parse(JSON.parse(text)), events: [] };
  const bytes = await bytesOf(pictor, read.data[0]);
  return {
    refusal: null,
    sent,
    seen: await look(read, bytes),
    adjustments: read.pictor.adjustments,
    kept: await readKept(pictor, read.pictor.request),
    bytes,
  };
}

async function readKept(pictor: Pictor, id: string): Promise<Members> {
  const row = await (await pictor.call(`/api/requests/${id}`)).json();
  return z.object({ parameters: z.record(z.string(), z.unknown()) }).parse(row).parameters;
}

function isWork({ method, path }: UpstreamCall): boolean {
  return method === 'POST' && path !== '/token';
}

async function send(pictor: Pictor, target: Target, ask: Ask): Promise<Response> {
  const { route, pictures, mode = 'default' } = ask;
  const members = { model: target.model, ...target.always, ...ask.members };
  const headers = { 'x-pictor-parameters': mode };
  const path = `/v1/images/${route}`;
  if (pictures === undefined) return await pictor.call(path, toJson(members, headers));
  const texts = Object.entries(members).map(([name, value]) => [name, toText(value)] as const);
  const images = pictures.image.map((bytes) => ['image', bytes] as const);
  const mask = pictures.mask === undefined ? [] : [['mask', pictures.mask] as const];
  return await pictor.call(path, { ...toForm([...texts, ...images, ...mask]), headers });
}

/** Every member of a body by its place, and every picture in it without its bytes. */
function toLines(call: UpstreamCall): readonly string[] {
  const model = /models\/([^/:]+):|deployments\/([^/]+)\//.exec(call.path);
  return [
    `path=${call.path.replace(/^.*\/(?=[a-z]+\/?$|[^/]+:)/, '').replace(/^.*:/, ':')}`,
    ...(model === null ? [] : [`model=${model[1] ?? model[2]}`]),
    ...call.fields.flatMap(([name, value]) => flatten(name, value)),
    ...call.files.map(({ name, contentType }) => `${name}=${contentType}`),
  ];
}

function flatten(place: string, value: unknown): readonly string[] {
  if (typeof value === 'string') return [`${place}=${value.length > 100 ? 'bytes' : value}`];
  if (typeof value !== 'object' || value === null) return [`${place}=${value}`];
  if (Array.isArray(value) && value.every((each) => typeof each === 'string' && each.length < 100)) {
    return [`${place}=${value.join('+')}`];
  }
  return Object.entries(value).flatMap(([name, each]) => flatten(`${place}.${name}`, each));
}

function toText(value: unknown): string {
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}

/** Streams say in their events what else stands in one answer. */
function readEvents(text: string) {
  const { events } = readStream(text);
  const types = events.map(({ data }) => z.object({ type: z.string() }).parse(data).type);
  const last = completed.parse(events.at(-1)?.data);
  return { ...last, data: [{ b64_json: last.b64_json, url: undefined }], events: types };
}

async function bytesOf(
  pictor: Pictor,
  picture: { b64_json?: string | undefined; url?: string | undefined } | undefined,
): Promise<Buffer> {
  if (picture?.url === undefined) return Buffer.from(picture?.b64_json ?? '', 'base64');
  const { pathname, search } = new URL(picture.url, pictor.url);
  let response = await fetch(`${pictor.url}${pathname}${search}`);
  // A row that a busy database did not take within a second is written a moment later.
  for (let tries = 0; response.status === 404 && tries < 50; tries += 1) {
    await wait(100);
    response = await fetch(`${pictor.url}${pathname}${search}`);
  }
  if (response.status !== 200) throw new Error(`The picture: ${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

async function look(
  read: Partial<z.infer<typeof answer>> & {
    data: readonly { url?: string | undefined }[];
    events: readonly string[];
  },
  bytes: Buffer,
): Promise<readonly string[]> {
  const { format, width, height } = await sharp(bytes).metadata();
  if (read.output_format !== undefined && read.output_format !== format) {
    throw new Error(`The answer says ${read.output_format} and its bytes are ${format}.`);
  }
  return [
    `images=${read.data.length}`,
    `size=${width}x${height}`,
    `format=${format}`,
    `as=${read.data[0]?.url === undefined ? 'b64_json' : 'url'}`,
    ...(read.quality === undefined ? [] : [`quality=${read.quality}`]),
    ...(read.background === undefined ? [] : [`background=${read.background}`]),
    ...[...new Set(read.events)].map((type) => `event=${type.replace(/^.*\./, '')}`),
  ];
}

/** Which picture it is. */
export function hashOf({ bytes }: Pick<Observed, 'bytes'>): string {
  return createHash('sha256').update(bytes).digest('hex');
}
