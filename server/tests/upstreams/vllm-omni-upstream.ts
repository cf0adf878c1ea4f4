// The wire of vLLM-Omni at commit 00a3619b9b6647378a285e9d135475e2fa085744, read 2026-11-21:
// vllm_omni/entrypoints/openai/protocol/images.py, docs/serving/image_generation_api.md, docs/serving/image_edit_api.md.
import sharp from 'sharp';
import { drawPicture } from './draw-picture.ts';
import { checkKind, detail, findStranger, invalid, isWithin } from './fastapi-answers.ts';
import type { ReadRequest } from './read-upstream-request.ts';
import {
  type Answer,
  type Behaviour,
  jsonAnswer,
  type ServedUpstream,
  serveUpstream,
  type UpstreamCall,
} from './serve-upstream.ts';

export const vllmOmniKey = 'vllm-key-0123456789';
export const vllmOmniModel = 'Qwen/Qwen-Image';

const diffusion = [
  'negative_prompt',
  'num_inference_steps',
  'guidance_scale',
  'true_cfg_scale',
  'seed',
  'generator_device',
  'lora',
  'infer_align_image_size',
  'bot_task',
];
const both = ['prompt', 'model', 'n', 'size', 'response_format', 'user', 'output_format', ...diffusion];

const members: Readonly<Record<string, readonly string[]>> = {
  '/v1/images/generations': [
    ...both,
    'layers',
    'system_prompt',
    'use_system_prompt',
    'flow_shift',
    'extra_params',
    'vae_use_slicing',
    'vae_use_tiling',
  ],
  '/v1/images/edits': [
    ...both,
    'image',
    'url',
    'reference_image',
    'mask_image',
    'output_compression',
    'background',
    'stream',
  ],
};

/** One server with one model, behind `--api-key`. */
export async function openVllmOmniUpstream(): Promise<ServedUpstream> {
  return await serveUpstream(answer);
}

async function answer(request: ReadRequest, call: UpstreamCall, behaviour: Behaviour): Promise<Answer> {
  if (request.headers.authorization !== `Bearer ${vllmOmniKey}`)
    return jsonAnswer(401, { error: 'Unauthorized' });
  if (request.method === 'GET' && request.path === '/v1/models') {
    return jsonAnswer(200, { object: 'list', data: [{ id: vllmOmniModel, object: 'model' }] });
  }
  const known = members[request.path];
  if (request.method !== 'POST' || known === undefined) return detail(404, 'Not Found');
  const asked = new Map(request.fields);
  const refusal = checkKind(request) ?? checkMembers(request, asked, known) ?? (await checkFiles(request));
  return refusal ?? (await draw(request, asked, call, behaviour));
}

type Asked = ReadonlyMap<string, unknown>;

function checkMembers(request: ReadRequest, asked: Asked, known: readonly string[]): Answer | null {
  const stranger = findStranger(request, known);
  if (stranger !== null) return invalid(stranger, 'Extra inputs are not read');
  const model = asked.get('model');
  if (model !== undefined && model !== vllmOmniModel) {
    return detail(
      400,
      `Model mismatch: request specifies '${model}' but server is running '${vllmOmniModel}'.`,
    );
  }
  if (typeof asked.get('prompt') !== 'string') return invalid('prompt', 'Field required');
  const size = asked.get('size');
  const isAuto = size === 'auto' && request.kind === 'form';
  if (size !== undefined && !isAuto && !/^\d+x\d+$/.test(String(size))) {
    return invalid('size', "Value error, size must be in format 'WIDTHxHEIGHT' (e.g., '1024x1024')");
  }
  if (!['b64_json', undefined].includes(asked.get('response_format') as string | undefined)) {
    return invalid('response_format', "Value error, Only 'b64_json' or 'file' response format is supported");
  }
  const bounds = {
    n: [1, 10],
    num_inference_steps: [1, 200],
    guidance_scale: [0, 20],
    true_cfg_scale: [0, 20],
  };
  for (const [name, [min = 0, max = 0]] of Object.entries(bounds)) {
    if (!isWithin(asked.get(name), min, max)) return invalid(name, `Input should be from ${min} to ${max}`);
  }
  if (String(asked.get('stream') ?? 'false') !== 'false') return detail(400, 'Streaming is not supported.');
  const format = asked.get('output_format');
  return format === undefined || ['png', 'jpg', 'jpeg', 'webp'].includes(String(format))
    ? null
    : detail(400, `Invalid output_format '${format}'.`);
}

async function checkFiles(request: ReadRequest): Promise<Answer | null> {
  if (request.kind !== 'form') return null;
  if (!request.files.some((file) => file.name === 'image')) {
    return detail(422, "Field 'image' or 'url' is required");
  }
  for (const [index, file] of request.files.entries()) {
    const { channels, format } = await sharp(request.fileBytes[index]).metadata();
    if (file.name === 'mask_image' && (format !== 'png' || channels !== 1)) {
      return detail(400, 'mask_image must be a mask in grey.');
    }
  }
  return null;
}

async function draw(
  request: ReadRequest,
  asked: Asked,
  call: UpstreamCall,
  behaviour: Behaviour,
): Promise<Answer> {
  const size = await sizeOf(request, asked);
  const format = String(asked.get('output_format') ?? 'png').replace('jpg', 'jpeg');
  const seed = asked.get('seed');
  const data: unknown[] = [];
  for (let index = 0; index < Number(asked.get('n') ?? 1); index += 1) {
    const picture = await drawPicture({
      size,
      background: 'opaque',
      output_format: format,
      ...(seed === undefined ? {} : { seed: Number(seed) + index }),
    });
    call.pictures.push(picture);
    data.push({ b64_json: picture.toString('base64'), url: null, revised_prompt: null });
  }
  const reply = {
    created: 1_795_000_000,
    data,
    output_format: format,
    size,
    cot_output: null,
    metrics: { stage_durations: {} },
  };
  return jsonAnswer(200, behaviour.change?.(reply) ?? reply);
}

async function sizeOf(request: ReadRequest, asked: Asked): Promise<string> {
  const size = asked.get('size');
  if (size !== undefined && size !== 'auto') return String(size);
  const first = request.fileBytes[0];
  if (first === undefined) return '1024x1024';
  const { width, height } = await sharp(first).metadata();
  return `${width}x${height}`;
}
