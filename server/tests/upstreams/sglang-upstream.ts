// The wire of SGLang diffusion at commit 0230ddc2f1bf2a41514106fbebed3db89cb466fd, read 2026-11-21:
// python/sglang/multimodal_gen/runtime/entrypoints/openai/image_api.py. Where no seed is sent it begins with 1024, as
// builds before that commit do.
import sharp from 'sharp';
import { drawPicture } from './draw-picture.ts';
import { checkKind, detail, findStranger, invalid } from './fastapi-answers.ts';
import type { ReadRequest } from './read-upstream-request.ts';
import {
  type Answer,
  type Behaviour,
  jsonAnswer,
  type ServedUpstream,
  serveUpstream,
  type UpstreamCall,
} from './serve-upstream.ts';

export const sglangModel = 'black-forest-labs/FLUX.1-dev';

const both = [
  'prompt',
  'model',
  'n',
  'size',
  'response_format',
  'output_format',
  'output_compression',
  'output_quality',
  'background',
  'seed',
  'user',
  'negative_prompt',
  'guidance_scale',
  'true_cfg_scale',
  'num_inference_steps',
  'quality',
  'task_type',
  'enhance_prompt',
  'generator_device',
  'enable_teacache',
  'enable_upscaling',
];

const members: Readonly<Record<string, readonly string[]>> = {
  '/v1/images/generations': [
    ...both,
    'width',
    'height',
    'max_sequence_length',
    'flow_shift',
    'diffusers_kwargs',
  ],
  // Its form has a mask, too, which nothing reads.
  '/v1/images/edits': [...both, 'image', 'image[]', 'url', 'url[]', 'num_frames'],
};

/** One server with one model, without a key. */
export async function openSglangUpstream(): Promise<ServedUpstream> {
  return await serveUpstream(answer);
}

async function answer(request: ReadRequest, call: UpstreamCall, behaviour: Behaviour): Promise<Answer> {
  if (request.method === 'GET' && request.path === '/v1/models') {
    const card = { id: sglangModel, object: 'model', task_type: 'T2I', pipeline_name: 'FluxPipeline' };
    return jsonAnswer(200, { object: 'list', data: [card] });
  }
  const known = members[request.path];
  if (request.method !== 'POST' || known === undefined) return detail(404, 'Not Found');
  const asked = new Map(request.fields);
  return (
    checkKind(request) ?? checkMembers(request, asked, known) ?? (await draw(request, asked, call, behaviour))
  );
}

type Asked = ReadonlyMap<string, unknown>;

function checkMembers(request: ReadRequest, asked: Asked, known: readonly string[]): Answer | null {
  const stranger = findStranger(request, known);
  if (stranger !== null) return invalid(stranger, 'Extra inputs are not read');
  if (typeof asked.get('prompt') !== 'string') return invalid('prompt', 'Field required');
  if (request.kind === 'form' && request.files.length === 0) {
    return detail(422, "Field 'image' or 'url' is required");
  }
  const format = asked.get('response_format') ?? (request.kind === 'form' ? 'b64_json' : 'url');
  if (format === 'url') return detail(400, "response_format='url' requires cloud storage to be configured.");
  if (format !== 'b64_json') return detail(400, `response_format=${format} is not supported`);
  const size = asked.get('size');
  return size === undefined || /^\d+x\d+$/.test(String(size)) ? null : invalid('size', 'Invalid size');
}

async function draw(
  request: ReadRequest,
  asked: Asked,
  call: UpstreamCall,
  behaviour: Behaviour,
): Promise<Answer> {
  const first = request.fileBytes[0];
  const facts = first === undefined ? { width: 1024, height: 1024 } : await sharp(first).metadata();
  const size = String(asked.get('size') ?? `${facts.width}x${facts.height}`);
  const background = String(asked.get('background') ?? 'auto');
  const format = asked.get('output_format') ?? (background === 'transparent' ? 'png' : 'jpeg');
  const seed = Number(asked.get('seed') ?? 1024);
  const data: unknown[] = [];
  for (let index = 0; index < Math.min(Number(asked.get('n') ?? 1), 10); index += 1) {
    const output_format = String(format).replace('jpg', 'jpeg');
    const picture = await drawPicture({ size, background, output_format, seed: seed + index });
    call.pictures.push(picture);
    data.push({
      b64_json: picture.toString('base64'),
      url: null,
      revised_prompt: asked.get('prompt'),
      file_path: null,
    });
  }
  const reply = {
    id: 'img_0123456789',
    created: 1_795_000_000,
    data,
    peak_memory_mb: 31_415.9,
    inference_time_s: 2.7,
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, image_count: data.length },
  };
  return jsonAnswer(200, behaviour.change?.(reply) ?? reply);
}
