import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../catalogue/index.ts';
import { PictorError } from '../foundation/index.ts';
import type { Endpoint, JobKind, ModelRow } from '../models/index.ts';
import { fitJob, type ParameterMode } from './fit-job.ts';

const catalogue = openCatalogue([], []);

function rowOf(name: string): ModelRow {
  const found = catalogue.find(name);
  if (!found) throw new Error(`${name} is not in the catalogue`);
  return found.row;
}

type Way = { readonly kind: JobKind; readonly endpoint: Endpoint };
const generate: Way = { kind: 'generate', endpoint: 'images.generations' };
const edit: Way = { kind: 'edit', endpoint: 'images.edits' };
const vary: Way = { kind: 'vary', endpoint: 'images.variations' };
const tool: Way = { kind: 'generate', endpoint: 'responses' };

function ask(
  model: string,
  asked: Record<string, unknown>,
  way: Way = generate,
  mode: ParameterMode = 'default',
) {
  const prompted =
    way.kind === 'vary' || Object.hasOwn(asked, 'prompt') ? asked : { prompt: 'a fox', ...asked };
  return fitJob({ asked: prompted, row: rowOf(model), ...way, mode });
}

function refusal(run: () => unknown): PictorError {
  try {
    run();
  } catch (error) {
    if (error instanceof PictorError) return error;
    throw error;
  }
  throw new Error('the request was accepted');
}

type Bad = readonly [
  model: string,
  asked: Record<string, unknown>,
  code: string,
  param: string,
  hint: string,
  way?: Way,
  mode?: ParameterMode,
];

const badRequests: readonly Bad[] = [
  // The route
  ['gpt-5', {}, 'invalid_value', 'model', 'serves the Responses API only'],
  ['gpt-4.1-mini', {}, 'invalid_value', 'model', 'serves the Responses API only', edit],
  ['dall-e-3', {}, 'invalid_value', 'model', 'it serves POST /v1/images/generations.', edit],
  ['dall-e-3', {}, 'invalid_value', 'model', 'cannot edit', { kind: 'edit', endpoint: 'images.generations' }],
  ['dall-e-3', {}, 'invalid_value', 'model', 'POST /v1/images/variations', vary],
  ['dall-e-2', {}, 'invalid_value', 'model', 'the Responses API', tool],
  ['gpt-image-2', {}, 'invalid_value', 'model', 'POST /v1/images/edits', vary],
  ['gemini-3-pro-image', {}, 'invalid_value', 'model', 'POST /v1/images/edits', vary],
  // The prompt
  ['gpt-image-1', { prompt: undefined }, 'missing_required_parameter', 'prompt', 'Say what'],
  ['gpt-image-1', { prompt: '' }, 'invalid_value', 'prompt', 'empty'],
  ['gpt-image-1', { prompt: ' \n\t' }, 'invalid_value', 'prompt', 'empty', edit],
  ['gpt-image-1', { prompt: 7 }, 'invalid_type', 'prompt', 'not a string'],
  ['dall-e-2', { prompt: 'x'.repeat(1001) }, 'invalid_value', 'prompt', 'at most 1000'],
  ['dall-e-3', { prompt: '🦊'.repeat(4001) }, 'invalid_value', 'prompt', 'has 4001 characters'],
  ['gpt-image-2', { prompt: 'x'.repeat(32_001) }, 'invalid_value', 'prompt', 'at most 32000'],
  ['gpt-image-2', { prompt: '' }, 'invalid_value', 'prompt', 'empty', generate, 'lenient'],
  // What the model does not have
  [
    'gpt-image-1',
    { response_format: 'b64_json' },
    'unknown_parameter',
    'response_format',
    "Unknown parameter: 'response_format'.",
  ],
  [
    'gpt-image-2',
    { response_format: 'url' },
    'unknown_parameter',
    'response_format',
    'accepts prompt, size, n',
  ],
  ['gpt-image-1', { style: 'vivid' }, 'unknown_parameter', 'style', 'Unknown'],
  ['gpt-image-1', { seed: 1 }, 'unknown_parameter', 'seed', 'Unknown'],
  ['gpt-image-1', { aspect_ratio: '1:1' }, 'unknown_parameter', 'aspect_ratio', 'Unknown'],
  ['gpt-image-1', { negative_prompt: 'fog' }, 'unknown_parameter', 'negative_prompt', 'Unknown'],
  ['gpt-image-1', JSON.parse('{"__proto__": {"n": 3}}'), 'unknown_parameter', '__proto__', 'Unknown'],
  ['gpt-image-1', { constructor: 'x' }, 'unknown_parameter', 'constructor', 'Unknown'],
  ['gpt-image-1', { toString: 'x' }, 'unknown_parameter', 'toString', 'Unknown'],
  ['gpt-image-1', { complexity: 'low' }, 'unknown_parameter', 'complexity', 'Unknown'],
  ['gpt-image-2.5-flare', { frame_count: 4 }, 'unknown_parameter', 'frame_count', 'markup'],
  ['dall-e-3', { background: 'opaque' }, 'unknown_parameter', 'background', 'Unknown'],
  ['dall-e-3', { output_format: 'png' }, 'unknown_parameter', 'output_format', 'style'],
  ['dall-e-2', { moderation: 'low' }, 'unknown_parameter', 'moderation', 'Unknown'],
  ['dall-e-2', { style: 'vivid' }, 'unknown_parameter', 'style', 'Unknown'],
  ['dall-e-2', { partial_images: 1 }, 'unknown_parameter', 'partial_images', 'Unknown'],
  [
    'dall-e-2',
    { prompt: 'a fox' },
    'unknown_parameter',
    'prompt',
    'accepts size, n, response_format, user',
    vary,
  ],
  ['dall-e-2', { quality: 'standard' }, 'unknown_parameter', 'quality', 'Unknown', vary],
  ['dall-e-2', { stream: true }, 'invalid_value', 'stream', 'does not stream'],
  ['dall-e-3', { stream: true }, 'invalid_value', 'stream', 'set it to false', generate, 'strict'],
  ['gpt-image-1', { input_fidelity: 'high' }, 'unknown_parameter', 'input_fidelity', 'Unknown', generate],
  [
    'gpt-image-2',
    { input_fidelity: 'high' },
    'invalid_input_fidelity_model',
    'input_fidelity',
    'Leave it out',
    edit,
  ],
  [
    'gpt-image-2.5-sunburst',
    { input_fidelity: 'low' },
    'invalid_input_fidelity_model',
    'input_fidelity',
    'Leave it out',
    edit,
  ],
  [
    'gpt-image-2.6-flare',
    { input_fidelity: 'low' },
    'invalid_input_fidelity_model',
    'input_fidelity',
    'Leave it out',
  ],
  ['gemini-3-pro-image', { quality: 'high' }, 'unknown_parameter', 'quality', 'Unknown', generate, 'strict'],
  [
    'gemini-2.5-flash-image',
    { image_size: '2K' },
    'unknown_parameter',
    'image_size',
    'Unknown',
    generate,
    'strict',
  ],
  [
    'gemini-3-pro-image',
    { thinking_level: 'high' },
    'unknown_parameter',
    'thinking_level',
    'Unknown',
    generate,
    'strict',
  ],
  ['dall-e-3', { hats: 3 }, 'unknown_parameter', 'hats', 'Unknown', generate, 'strict'],
  // Values that the model cannot take
  ['gpt-image-1', { n: 0 }, 'invalid_value', 'n', 'from 1 to 10'],
  ['gpt-image-1', { n: 11 }, 'invalid_value', 'n', 'from 1 to 10'],
  ['gpt-image-1', { n: 1.5 }, 'invalid_value', 'n', 'whole number'],
  ['gpt-image-1', { n: '2' }, 'invalid_type', 'n', 'an integer'],
  ['dall-e-3', { n: 2 }, 'invalid_value', 'n', 'n is 1'],
  ['gemini-3-pro-image', { n: 11 }, 'invalid_value', 'n', 'from 1 to 10'],
  ['gpt-image-1', { quality: 'hd' }, 'invalid_value', 'quality', "'auto', 'low', 'medium' or 'high'"],
  ['gpt-image-2', { quality: 'max' }, 'invalid_value', 'quality', "'high'", generate, 'lenient'],
  ['dall-e-3', { quality: 'high' }, 'invalid_value', 'quality', "'standard' or 'hd'"],
  ['dall-e-2', { quality: 'hd' }, 'invalid_value', 'quality', "quality is 'standard'"],
  ['dall-e-3', { style: 'noir' }, 'invalid_value', 'style', "'vivid' or 'natural'"],
  ['dall-e-3', { response_format: 'b64' }, 'invalid_value', 'response_format', "'url' or 'b64_json'"],
  ['gemini-3-pro-image', { response_format: 'url' }, 'invalid_value', 'response_format', "'b64_json'"],
  ['gpt-image-2', { background: 'transparent' }, 'invalid_value', 'background', "'auto' or 'opaque'"],
  [
    'gpt-image-2-2026-04-21',
    { background: 'transparent' },
    'invalid_value',
    'background',
    "'opaque'",
    edit,
    'lenient',
  ],
  ['gpt-image-1', { background: 'green' }, 'invalid_value', 'background', "'transparent'"],
  [
    'gpt-image-1',
    { background: 'transparent', output_format: 'jpeg' },
    'invalid_value',
    'background',
    "'png' or 'webp'",
  ],
  [
    'gpt-image-2.5-flare',
    { output_format: 'jpeg', background: 'transparent' },
    'invalid_value',
    'background',
    'JPEG',
    edit,
    'lenient',
  ],
  ['gpt-image-1', { output_format: 'gif' }, 'invalid_value', 'output_format', "'png', 'jpeg' or 'webp'"],
  ['gemini-3-pro-image', { output_format: 'tiff' }, 'invalid_value', 'output_format', "'png' or 'jpeg'"],
  ['gpt-image-1', { output_format: 'constructor' }, 'invalid_value', 'output_format', "'webp'"],
  ['gpt-image-1', { output_compression: 101 }, 'invalid_value', 'output_compression', 'from 0 to 100'],
  [
    'gpt-image-1',
    { output_compression: 50 },
    'invalid_value',
    'output_compression',
    'only for jpeg and webp',
  ],
  [
    'gpt-image-1',
    { output_compression: 0, output_format: 'png' },
    'invalid_value',
    'output_compression',
    "'jpeg' or 'webp'",
    edit,
    'strict',
  ],
  ['gpt-image-1', { moderation: 'none' }, 'invalid_value', 'moderation', "'auto' or 'low'"],
  ['gpt-image-1', { stream: true, partial_images: 4 }, 'invalid_value', 'partial_images', 'from 0 to 3'],
  ['gpt-image-1', { partial_images: 2 }, 'invalid_value', 'partial_images', 'Set stream to true'],
  ['gpt-image-1', { partial_images: 1, stream: false }, 'invalid_value', 'partial_images', 'stream', edit],
  ['gpt-image-1', { stream: 'yes' }, 'invalid_type', 'stream', 'true or false'],
  ['gpt-image-1', { user: 'x'.repeat(513) }, 'invalid_value', 'user', 'at most 512'],
  ['gpt-image-1-mini', { input_fidelity: 'high' }, 'invalid_value', 'input_fidelity', "is 'low'", edit],
  ['gpt-image-1.5', { input_fidelity: 'max' }, 'invalid_value', 'input_fidelity', "'low' or 'high'", edit],
  [
    'gemini-3-pro-image',
    { response_modalities: ['text'] },
    'invalid_value',
    'response_modalities',
    "'image'",
  ],
  ['gemini-3-pro-image', { response_modalities: [] }, 'invalid_value', 'response_modalities', "'image'"],
  [
    'gemini-3-pro-image',
    { response_modalities: ['image', 'audio'] },
    'invalid_value',
    'response_modalities',
    "'audio'",
  ],
  ['gemini-3-pro-image', { response_modalities: 'image' }, 'invalid_type', 'response_modalities', 'array'],
  [
    'gemini-3.1-flash-image',
    { thinking_level: 'medium' },
    'invalid_value',
    'thinking_level',
    "'minimal' or 'high'",
  ],
  ['gemini-nano-banana-2.1', { thinking_level: 'low' }, 'invalid_value', 'thinking_level', "'medium'"],
  [
    'gemini-3-pro-image',
    { media_resolution: 'ultra' },
    'invalid_value',
    'media_resolution',
    "'low', 'medium' or 'high'",
  ],
  ['gemini-3-pro-image', { seed: 2 ** 31 }, 'invalid_value', 'seed', '2147483647'],
  ['gemini-3-pro-image', { aspect_ratio: '1:8' }, 'invalid_value', 'aspect_ratio', "'16:9'"],
  ['gemini-3-pro-image', { image_size: '2k' }, 'invalid_value', 'image_size', "'1K', '2K' or '4K'"],
  ['gemini-nano-banana-2.1', { image_size: '512' }, 'invalid_value', 'image_size', "'1K', '2K' or '4K'"],
  ['gemini-3.1-flash-lite-image', { image_size: '2K' }, 'invalid_value', 'image_size', "is '1K'"],
  // Sizes
  ['gpt-image-1', { size: 'big' }, 'invalid_value', 'size', 'WIDTHxHEIGHT'],
  ['gpt-image-1', { size: '1024X1024' }, 'invalid_value', 'size', 'WIDTHxHEIGHT'],
  ['gpt-image-1', { size: '01024x1024' }, 'invalid_value', 'size', 'WIDTHxHEIGHT'],
  ['gpt-image-1', { size: '1024x1024 ' }, 'invalid_value', 'size', 'WIDTHxHEIGHT'],
  ['gpt-image-1', { size: '' }, 'invalid_value', 'size', 'WIDTHxHEIGHT'],
  ['gpt-image-1', { size: 1024 }, 'invalid_type', 'size', 'not a string'],
  ['gpt-image-1', { size: '512x512' }, 'invalid_value', 'size', "'1024x1536' or 'auto'"],
  ['dall-e-2', { size: '1792x1024' }, 'invalid_value', 'size', "'256x256'"],
  ['dall-e-2', { size: '300x300' }, 'invalid_value', 'size', "'512x512'", vary],
  ['dall-e-3', { size: '512x512' }, 'invalid_value', 'size', "'1792x1024'", generate, 'lenient'],
  ['gpt-image-2', { size: '1792x936' }, 'invalid_value', 'size', 'divisible by 16'],
  ['gpt-image-2', { size: '3856x1296' }, 'invalid_value', 'size', '3840'],
  ['gpt-image-2', { size: '3840x1264' }, 'invalid_value', 'size', 'at most 3 times'],
  ['gpt-image-2', { size: '800x800' }, 'invalid_value', 'size', '655,360 to 8,294,400'],
  ['gpt-image-2', { size: '3840x2176' }, 'invalid_value', 'size', '8,355,840 pixels'],
  ['gemini-3-pro-image', { size: 'wide' }, 'invalid_value', 'size', 'WIDTHxHEIGHT'],
  [
    'gemini-3-pro-image',
    { size: '1376x768', aspect_ratio: '1:1' },
    'invalid_value',
    'aspect_ratio',
    'is 16:9 at 1K',
  ],
  [
    'gemini-3-pro-image',
    { size: '1376x768', image_size: '2K' },
    'invalid_value',
    'image_size',
    'is 16:9 at 1K',
  ],
  [
    'gemini-3-pro-image',
    { size: '1920x1080', aspect_ratio: '4:3' },
    'invalid_value',
    'aspect_ratio',
    'contradicts',
  ],
  // Approximations in strict mode
  [
    'gemini-3-pro-image',
    { size: '1920x1080' },
    'approximation_refused',
    'size',
    '16:9 at',
    generate,
    'strict',
  ],
  [
    'gemini-3-pro-image',
    { output_format: 'webp' },
    'approximation_refused',
    'output_format',
    "'png'",
    edit,
    'strict',
  ],
];

describe('requests that a model cannot take', () => {
  it.each(badRequests.map((bad, index) => [index + 1, ...bad] as const))(
    '%i: %s %j is %s at %s',
    (_index, model, asked, code, param, hint, way = generate, mode = 'default') => {
      const error = refusal(() => ask(model, asked, way, mode));
      expect({ code: error.code, param: error.facts.param, status: error.status }).toEqual({
        code,
        param,
        status: 400,
      });
      expect(error.message).toContain(hint);
    },
  );

  it('shows at most a part of a long value', () => {
    const error = refusal(() => ask('gpt-image-1', { quality: 'x'.repeat(10_000) }));
    expect(error.message.length).toBeLessThan(300);
  });
});
