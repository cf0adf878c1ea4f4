// The wire of LocalAI, read 2026-11-21: core/http/endpoints/openai/image.go and core/schema/openai.go as of commit
// 82c191af, and core/http/endpoints/openai/inpainting.go as of 00a38d178939e6d97c55c9d4cd0463eeccc4c3d6.
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { drawPicture } from './draw-picture.ts';
import type { ReadRequest } from './read-upstream-request.ts';
import {
  type Answer,
  type Behaviour,
  jsonAnswer,
  type ServedUpstream,
  serveUpstream,
  type UpstreamCall,
} from './serve-upstream.ts';

export const localAiKey = 'localai-key-0123456789';
export const localAiModel = 'dreamshaper';

/** What LocalAI understood of a request. */
export type LocalAiJob = {
  readonly positive: string;
  readonly negative: string;
  readonly size: string;
  /** Where it begins, and what it looks at beside. */
  readonly files: readonly Buffer[];
  readonly refImages: readonly Buffer[];
};

export type LocalAiUpstream = ServedUpstream & { readonly jobs: readonly LocalAiJob[] };

const generationMembers = [
  'model',
  'prompt',
  'n',
  'size',
  'response_format',
  'step',
  'seed',
  'clip_skip',
  'mode',
  'quality',
  'file',
  'files',
  'ref_images',
];

/** One server with one model, behind a key. */
export async function openLocalAiUpstream(): Promise<LocalAiUpstream> {
  const jobs: LocalAiJob[] = [];
  const stored = new Map<string, Buffer>();
  const served: ServedUpstream = await serveUpstream((request, call, behaviour) =>
    answer({ request, call, behaviour, jobs, stored, origin: served.origin }),
  );
  return { ...served, jobs };
}

type Request = {
  readonly request: ReadRequest;
  readonly call: UpstreamCall;
  readonly behaviour: Behaviour;
  readonly jobs: LocalAiJob[];
  readonly stored: Map<string, Buffer>;
  readonly origin: string;
};

async function answer(parts: Request): Promise<Answer> {
  const { method, path, headers } = parts.request;
  if (headers.authorization !== `Bearer ${localAiKey}`)
    return failure(401, 'An authentication key is required');
  const picture = parts.stored.get(path);
  if (method === 'GET' && picture !== undefined) {
    return { status: 200, headers: { 'content-type': 'image/png' }, body: picture };
  }
  if (method === 'GET' && path === '/v1/models') {
    return jsonAnswer(200, { object: 'list', data: [{ id: localAiModel, object: 'model' }] });
  }
  if (method === 'POST' && path === '/v1/images/generations') return await generate(parts);
  if (method === 'POST' && path === '/v1/images/inpainting') return await inpaint(parts);
  return failure(404, 'Not Found');
}

function failure(code: number, message: string): Answer {
  return jsonAnswer(code, { error: { code, message, type: '' } });
}

async function generate({ request, call, behaviour, jobs, stored, origin }: Request): Promise<Answer> {
  const asked = new Map(request.fields);
  const stranger = request.fields.find(([name]) => !generationMembers.includes(name))?.[0];
  // LocalAI passes it over in silence, and a test has to notice that.
  if (stranger !== undefined) return failure(400, `nobody reads ${stranger}`);
  if (asked.get('model') !== localAiModel) return failure(400, 'Bad Request');
  if (request.kind !== 'json' || typeof asked.get('prompt') !== 'string') return failure(400, 'Bad Request');
  const pictures = [readPictures(asked.get('files')), readPictures(asked.get('ref_images'))] as const;
  if (pictures[0] === null || pictures[1] === null)
    return failure(400, 'illegal base64 data at input byte 4');
  const [positive = '', negative = ''] = String(asked.get('prompt')).split('|');
  const size = /^\d+x\d+$/.test(String(asked.get('size'))) ? String(asked.get('size')) : '512x512';
  jobs.push({ positive, negative, size, files: pictures[0], refImages: pictures[1] });
  const seed = asked.get('seed');
  const data: unknown[] = [];
  for (let index = 0; index < Number(asked.get('n') ?? 1); index += 1) {
    const drawn = seed === undefined ? {} : { seed: Number(seed) + index };
    const picture = await drawPicture({ size, background: 'opaque', output_format: 'png', ...drawn });
    call.pictures.push(picture);
    const isInside = asked.get('response_format') === 'b64_json';
    data.push({
      index,
      ...(isInside ? { b64_json: picture.toString('base64') } : { url: keep(stored, origin, picture) }),
    });
  }
  return reply(data, behaviour);
}

/** Always 512 by 512, always one, always an address. */
async function inpaint({ request, call, behaviour, stored, origin }: Request): Promise<Answer> {
  const asked = new Map(request.fields);
  const stranger = request.fields.find(([name]) => !['model', 'prompt', 'steps'].includes(name))?.[0];
  if (stranger !== undefined) return failure(400, `nobody reads ${stranger}`);
  if (asked.get('model') !== localAiModel || !asked.get('prompt')) return failure(400, 'Bad Request');
  const names = request.files.map((file) => file.name);
  if (!names.includes('image')) return failure(400, 'missing image file');
  if (!names.includes('mask')) return failure(400, 'missing mask file');
  if (names.length !== 2) return failure(400, 'nobody reads more files');
  const { channels } = await sharp(request.fileBytes[names.indexOf('mask')]).metadata();
  if (channels !== 1) return failure(400, 'the mask is not grey');
  const picture = await drawPicture({ size: '512x512', background: 'opaque', output_format: 'png' });
  call.pictures.push(picture);
  return reply([{ url: keep(stored, origin, picture) }], behaviour);
}

function reply(data: readonly unknown[], behaviour: Behaviour): Answer {
  const none = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
  const members = { id: randomUUID(), created: 1_795_000_000, data, usage: none };
  return jsonAnswer(200, behaviour.change?.(members) ?? members);
}

function keep(stored: Map<string, Buffer>, origin: string, picture: Buffer): string {
  const path = `/generated-images/b64${stored.size}.png`;
  stored.set(path, picture);
  return `${origin}${path}`;
}

/** Bare base64 only; null: it is something else, which LocalAI would pass over. */
function readPictures(value: unknown): readonly Buffer[] | null {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return null;
  const texts = value.map(String);
  const isBare = texts.every((text) => /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0);
  return isBare ? texts.map((text) => Buffer.from(text, 'base64')) : null;
}
