import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../catalogue/index.ts';
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

describe('requests that a model takes', () => {
  it('fills in nothing that was not asked, except what every job has', () => {
    expect(ask('gpt-image-2', {})).toEqual({
      fitted: {
        prompt: 'a fox',
        n: 1,
        stream: false,
        partialImages: 0,
        responseFormat: 'b64_json',
        passThrough: {},
      },
      adjustments: [],
    });
  });

  it('reads every parameter of a GPT Image model', () => {
    const { fitted, adjustments } = ask(
      'gpt-image-1.5',
      {
        prompt: ' a fox ',
        n: 10,
        size: '1536x1024',
        quality: 'high',
        background: 'transparent',
        output_format: 'webp',
        output_compression: 0,
        moderation: 'low',
        stream: true,
        partial_images: 3,
        input_fidelity: 'high',
        user: 'old',
        safety_identifier: 'new',
      },
      edit,
      'strict',
    );
    expect(fitted).toEqual({
      prompt: ' a fox ',
      n: 10,
      size: { width: 1536, height: 1024 },
      quality: 'high',
      background: 'transparent',
      outputFormat: 'webp',
      outputCompression: 0,
      moderation: 'low',
      stream: true,
      partialImages: 3,
      inputFidelity: 'high',
      user: 'new',
      responseFormat: 'b64_json',
      passThrough: {},
    });
    expect(adjustments).toEqual([]);
  });

  it('answers with URLs on DALL·E unless base64 is asked', () => {
    expect(ask('dall-e-3', { style: 'natural', quality: 'hd' }).fitted).toMatchObject({
      responseFormat: 'url',
      style: 'natural',
      quality: 'hd',
    });
    expect(ask('dall-e-2', { response_format: 'b64_json' }, vary).fitted).toMatchObject({
      responseFormat: 'b64_json',
      prompt: '',
    });
  });

  it.each([
    'dall-e-2',
    'dall-e-3',
    'gpt-image-1',
    'gpt-image-2',
    'gpt-image-2.6-flare',
    'gemini-3-pro-image',
  ])(
    'accepts auto, stream false and no previews on %s, even in strict mode and without a report',
    (model) => {
      const asked = { size: 'auto', quality: 'auto', background: 'auto', stream: false, partial_images: 0 };
      const { fitted, adjustments } = ask(model, asked, generate, 'strict');
      expect(adjustments).toEqual([]);
      expect(fitted).toMatchObject({ stream: false, partialImages: 0 });
    },
  );

  it('sends auto only to models that know the word', () => {
    expect(ask('gpt-image-1', { size: 'auto', quality: 'auto' }).fitted).toMatchObject({
      size: 'auto',
      quality: 'auto',
    });
    const dallE = ask('dall-e-2', { size: 'auto', quality: 'auto' }).fitted;
    expect([dallE.size, dallE.quality]).toEqual([undefined, undefined]);
  });

  it('lets a PNG have compression 100, which changes nothing', () => {
    expect(ask('gpt-image-1', { output_compression: 100 }, generate, 'strict')).toMatchObject({
      fitted: expect.not.objectContaining({ outputCompression: 100 }),
      adjustments: [],
    });
  });

  it.each([
    '1024x1024',
    '1536x864',
    '3840x2160',
    '2160x3840',
    '3840x1280',
    '3200x2560',
    '2880x2880',
    '1024x640',
  ])('takes the free size %s', (size) => {
    const [width, height] = size.split('x').map(Number);
    expect(ask('gpt-image-2', { size }).fitted.size).toEqual({ width, height });
  });

  it('counts the prompt in code points', () => {
    expect(ask('dall-e-2', { prompt: '🦊'.repeat(1000) }).fitted.prompt).toHaveLength(2000);
  });

  it('accepts input_fidelity from the Responses tool, where a picture may still come', () => {
    expect(ask('gpt-image-1', { input_fidelity: 'high' }, tool).fitted.inputFidelity).toBe('high');
  });
});

describe('what is dropped, passed through or approximated', () => {
  it('drops what the model does not have in lenient mode, and says so', () => {
    const asked = { response_format: 'url', stream: true, hats: 3, ...JSON.parse('{"__proto__": 1}') };
    const { fitted, adjustments } = ask(
      'dall-e-3',
      { ...asked, response_format: 'url' },
      generate,
      'lenient',
    );
    // Whoever asks for events reads events: the picture comes as one.
    expect(fitted).toMatchObject({ responseFormat: 'url', stream: true, partialImages: 0 });
    expect(adjustments.map(({ parameter, action, applied }) => [parameter, action, applied])).toEqual([
      ['stream', 'dropped', null],
      ['hats', 'dropped', null],
      ['__proto__', 'dropped', null],
    ]);
    expect(ask('gpt-image-1', { response_format: 'url' }, generate, 'lenient').adjustments).toMatchObject([
      { parameter: 'response_format', requested: 'url' },
    ]);
    expect(ask('gpt-image-2', { input_fidelity: 'high' }, edit, 'lenient').adjustments).toMatchObject([
      { parameter: 'input_fidelity', action: 'dropped' },
    ]);
  });

  it('cuts names and values that would fill the report', () => {
    const { adjustments } = ask('dall-e-3', { ['y'.repeat(500)]: 'x'.repeat(5000) }, generate, 'lenient');
    expect(adjustments).toHaveLength(1);
    expect(JSON.stringify(adjustments).length).toBeLessThan(500);
  });

  it('drops on Gemini rows without being asked to', () => {
    const asked = {
      quality: 'high',
      moderation: 'low',
      stream: true,
      background: 'transparent',
      image_size: '2K',
    };
    const { fitted, adjustments } = ask('nano-banana', asked);
    expect(adjustments.map((each) => each.parameter)).toEqual(Object.keys(asked));
    expect(adjustments.every((each) => each.action === 'dropped' && each.reason !== '')).toBe(true);
    expect(fitted).not.toHaveProperty('imageSize');
  });

  it('drops a compression that means nothing in lenient mode', () => {
    const { fitted, adjustments } = ask('gpt-image-1', { output_compression: 60 }, generate, 'lenient');
    expect(fitted).not.toHaveProperty('outputCompression');
    expect(adjustments).toMatchObject([
      { parameter: 'output_compression', action: 'dropped', requested: 60 },
    ]);
  });

  it('drops previews without a stream in lenient mode', () => {
    const asked = { partial_images: 2, stream: false };
    const { fitted, adjustments } = ask('gpt-image-1', asked, edit, 'lenient');
    expect(fitted).toMatchObject({ stream: false, partialImages: 0 });
    expect(adjustments).toMatchObject([{ parameter: 'partial_images', action: 'dropped', requested: 2 }]);
  });

  it('hands on what the row lists, as it was sent', () => {
    const svg = { model: 'gpt-5.4', reasoning: null };
    const { fitted, adjustments } = ask(
      'gpt-image-2.6-sunburst',
      { output_format: 'svg', svg, complexity: 'low' },
      generate,
      'strict',
    );
    expect(fitted).toMatchObject({ outputFormat: 'svg', passThrough: { svg, complexity: 'low' } });
    expect(
      adjustments.map(({ parameter, action, requested, applied }) => [parameter, action, requested, applied]),
    ).toEqual([
      ['output_format', 'passed-through', 'svg', 'svg'],
      ['svg', 'passed-through', svg, svg],
      ['complexity', 'passed-through', 'low', 'low'],
    ]);
  });

  it('turns a size of the table into its cell, without a report', () => {
    const { fitted, adjustments } = ask('gemini-3.1-flash-image', { size: '2752x1536' }, generate, 'strict');
    expect(fitted).toMatchObject({
      aspectRatio: '16:9',
      imageSize: '2K',
      size: { width: 2752, height: 1536 },
    });
    expect(adjustments).toEqual([]);
  });

  it.each([
    ['gemini-3-pro-image', '1920x1080', '16:9', '1K', '1376x768'],
    ['gemini-3-pro-image', '2560x1440', '16:9', '2K', '2752x1536'],
    ['gemini-3-pro-image', '1536x1024', '3:2', '1K', '1264x848'],
    ['gemini-3-pro-image', '1024x1792', '9:16', '1K', '768x1376'],
    ['gemini-3-pro-image', '4096x4000', '1:1', '4K', '4096x4096'],
    ['gemini-3.1-flash-image', '600x600', '1:1', '512', '512x512'],
    ['gemini-3.1-flash-image', '4000x500', '8:1', '1K', '3072x384'],
    ['gemini-3.1-flash-lite-image', '3840x2160', '16:9', '1K', '1376x768'],
  ])('%s approximates %s as %s at %s', (model, size, ratio, tier, applied) => {
    const { fitted, adjustments } = ask(model, { size });
    expect(fitted).toMatchObject({ aspectRatio: ratio, imageSize: tier });
    expect(adjustments).toMatchObject([
      {
        parameter: 'size',
        action: 'approximated',
        requested: size,
        applied,
        reason: expect.stringContaining(ratio),
      },
    ]);
  });

  it('keeps to the ratio and the tier that were asked beside a size', () => {
    const { fitted } = ask('gemini-3-pro-image', {
      size: '1920x1080',
      aspect_ratio: '16:9',
      image_size: '4K',
    });
    expect(fitted).toMatchObject({
      aspectRatio: '16:9',
      imageSize: '4K',
      size: { width: 5504, height: 3072 },
    });
  });

  it('sends no tier to a model that makes one only', () => {
    const { fitted } = ask('gemini-2.5-flash-image', { size: '1344x768' });
    expect(fitted).toMatchObject({ aspectRatio: '16:9', size: { width: 1344, height: 768 } });
    expect(fitted).not.toHaveProperty('imageSize');
  });

  it('knows the pixels of a ratio, and leaves them open without one', () => {
    expect(ask('gemini-3-pro-image', { aspect_ratio: '21:9' }).fitted.size).toEqual({
      width: 1584,
      height: 672,
    });
    expect(ask('gemini-3-pro-image', { image_size: '4K' }).fitted).not.toHaveProperty('size');
  });

  it('sends webp to Gemini as png', () => {
    const { fitted, adjustments } = ask('gemini-3-pro-image', { output_format: 'webp' });
    expect(fitted.outputFormat).toBe('png');
    expect(adjustments).toMatchObject([
      { parameter: 'output_format', action: 'approximated', requested: 'webp', applied: 'png' },
    ]);
  });

  it('reads the parameters of a Gemini model', () => {
    const { fitted, adjustments } = ask('nano-banana-2', {
      thinking_level: 'high',
      response_modalities: ['image', 'image'],
      media_resolution: 'low',
      response_format: 'b64_json',
      seed: -1,
      user: 'someone',
    });
    expect(fitted).toMatchObject({
      thinkingLevel: 'high',
      responseModalities: ['image'],
      mediaResolution: 'low',
      seed: -1,
      user: 'someone',
    });
    expect(adjustments).toEqual([]);
  });
});
