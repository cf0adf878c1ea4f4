// The wire of sd-server of stable-diffusion.cpp, read 2026-11-21: examples/server/routes_openai.cpp and
// examples/server/api.md as of commit 97d29908 and 0137f168e6831365c3cbc536b8578e84355249a7.
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

/** What sd-server understood of a request: its prompt, and the options that stood in it. */
export type SdcppJob = { readonly prompt: string; readonly options: Readonly<Record<string, unknown>> };

export type SdcppUpstream = ServedUpstream & { readonly jobs: readonly SdcppJob[] };

const known: Readonly<Record<string, readonly string[]>> = {
  '/v1/images/generations': ['prompt', 'n', 'size', 'output_format', 'output_compression'],
  '/v1/images/edits': [
    'prompt',
    'n',
    'size',
    'output_format',
    'output_compression',
    'image',
    'image[]',
    'mask',
  ],
};

const knownOptions = ['negative_prompt', 'seed', 'sample_params', 'clip_skip', 'strength', 'hires', 'lora'];

/** One server with one model, without a key. */
export async function openSdcppUpstream(): Promise<SdcppUpstream> {
  const jobs: SdcppJob[] = [];
  const served = await serveUpstream((request, call, behaviour) => answer(request, call, behaviour, jobs));
  return { ...served, jobs };
}

async function answer(
  request: ReadRequest,
  call: UpstreamCall,
  behaviour: Behaviour,
  jobs: SdcppJob[],
): Promise<Answer> {
  const { method, path } = request;
  if (method === 'GET' && path === '/v1/models') {
    return jsonAnswer(200, { data: [{ id: 'sd-cpp-local', object: 'model', owned_by: 'local' }] });
  }
  if (method === 'GET' && path === '/sdcpp/v1/capabilities') {
    return jsonAnswer(200, {
      model: { name: 'flux1-schnell-q4_0.gguf', stem: 'flux1-schnell-q4_0', path: '/models' },
      current_mode: 'img_gen',
      supported_modes: ['img_gen'],
    });
  }
  const names = known[path];
  if (method !== 'POST' || names === undefined) return { status: 404, headers: {}, body: Buffer.alloc(0) };
  const asked = new Map(request.fields);
  const refusal = await refuse(request, asked, names);
  if (refusal !== null) return jsonAnswer(400, { error: refusal });
  const job = readPrompt(String(asked.get('prompt')));
  if (job === null) return jsonAnswer(400, { error: 'invalid sd_cpp_extra_args' });
  jobs.push(job);
  return await draw(request, asked, job, call, behaviour);
}

type Asked = ReadonlyMap<string, unknown>;

async function refuse(request: ReadRequest, asked: Asked, names: readonly string[]): Promise<string | null> {
  const isEdit = request.path.endsWith('/edits');
  if (request.kind === 'none') return 'empty body';
  if (isEdit && request.kind !== 'form') return 'Content-Type must be multipart/form-data';
  const sent = [...request.fields.map(([name]) => name), ...request.files.map(({ name }) => name)];
  // sd-server passes it over in silence, and a test has to notice that.
  const stranger = sent.find((name) => !names.includes(name));
  if (stranger !== undefined) return `nobody reads ${stranger}`;
  if (!asked.get('prompt')) return 'prompt required';
  if (isEdit && !sent.includes('image[]') && !sent.includes('image')) return 'at least one image[] required';
  const formats = isEdit ? ['png', 'jpeg'] : ['png', 'jpeg', 'webp'];
  if (!formats.includes(String(asked.get('output_format') ?? 'png'))) return 'invalid output_format';
  const maskIndex = request.files.findIndex(({ name }) => name === 'mask');
  if (maskIndex === -1) return null;
  const { channels } = await sharp(request.fileBytes[maskIndex]).metadata();
  return channels === 1 ? null : 'the mask is not grey, and its alpha means nothing';
}

/** The first block counts, every block is taken out; a point matches no line break, as in C++. */
function readPrompt(text: string): SdcppJob | null {
  const block = /<sd_cpp_extra_args>(.*?)<\/sd_cpp_extra_args>/g;
  const [found] = [...text.matchAll(block)];
  const prompt = text.replace(block, '');
  if (found === undefined) return { prompt, options: {} };
  try {
    const options: Record<string, unknown> = JSON.parse(found[1] ?? '');
    return Object.keys(options).every((name) => knownOptions.includes(name)) ? { prompt, options } : null;
  } catch {
    return null;
  }
}

async function draw(
  request: ReadRequest,
  asked: Asked,
  job: SdcppJob,
  call: UpstreamCall,
  behaviour: Behaviour,
): Promise<Answer> {
  const first = request.fileBytes[0];
  const own = first === undefined ? { width: 512, height: 512 } : await sharp(first).metadata();
  const size = String(asked.get('size') ?? `${own.width}x${own.height}`);
  const output_format = String(asked.get('output_format') ?? 'png');
  const { seed } = job.options;
  const data: unknown[] = [];
  for (let index = 0; index < Number(asked.get('n') ?? 1); index += 1) {
    const drawn = typeof seed === 'number' && seed >= 0 ? { seed: seed + index } : {};
    const picture = await drawPicture({ size, background: 'opaque', output_format, ...drawn });
    call.pictures.push(picture);
    data.push({ b64_json: picture.toString('base64') });
  }
  const reply = { created: 1_795_000_000, data, output_format };
  return jsonAnswer(200, behaviour.change?.(reply) ?? reply);
}
