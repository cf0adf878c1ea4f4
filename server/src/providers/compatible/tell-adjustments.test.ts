import { describe, expect, test } from 'vitest';
import { builtInRows } from '../../catalogue/built-in-rows.ts';
import type { ImageJob } from '../../models/index.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { maskedJob, sampleImages, sampleJob } from '../../models/testing/sample-jobs.ts';
import { type EngineText, openEngine, openEngines } from './testing/open-engine.ts';

type Dialect = NonNullable<EngineText['dialect']>;

async function told(dialect: Dialect, changes: Partial<ImageJob>, edit: 'mask' | 'plain' | null = null) {
  const engine = await openEngine({
    name: 'lab',
    dialect,
    base_url: 'http://127.0.0.1:1',
    models: [{ id: 'model' }],
  });
  const job =
    edit === 'mask'
      ? await maskedJob(engine.row)
      : await sampleJob(engine.row, edit === null ? 'images.generations' : 'images.edits');
  const model = engine.model(edit === null ? 'images.generations' : 'images.edits');
  const adjustments = model.adjustments?.({ ...job, size: 'auto', ...changes }) ?? [];
  return adjustments.map(({ parameter, action, applied }) => [parameter, action, applied]);
}

const extras: Partial<ImageJob> = {
  seed: 1,
  negativePrompt: 'blurry',
  inferenceSteps: 20,
  guidanceScale: 3,
  trueCfgScale: 4,
};

describe('what an engine changes of a job that fits its row', () => {
  test.each(['vllm-omni', 'sglang', 'localai', 'sdcpp', 'openai'] as const)(
    '%s changes nothing of a plain job',
    async (dialect) => {
      expect(await told(dialect, { n: 10, outputFormat: 'png' })).toEqual([]);
      expect(await told(dialect, {}, 'plain')).toEqual([]);
    },
  );

  test('vLLM-Omni compresses edits only', async () => {
    const compressed: Partial<ImageJob> = { ...extras, outputFormat: 'jpeg', outputCompression: 50 };
    expect(await told('vllm-omni', compressed)).toEqual([['output_compression', 'dropped', null]]);
    expect(await told('vllm-omni', compressed, 'mask')).toEqual([]);
  });

  test('LocalAI loses its bars, and Pictor compresses what it writes itself', async () => {
    const bars: Partial<ImageJob> = { prompt: 'a|b', outputFormat: 'jpeg', outputCompression: 50 };
    expect(await told('localai', bars)).toEqual([['prompt', 'approximated', 'a, b']]);
  });

  test('LocalAI takes little beside a mask', async () => {
    const engine = await openEngine({
      name: 'lab',
      dialect: 'localai',
      base_url: 'http://127.0.0.1:1',
      models: [{ id: 'model' }],
    });
    const images = await sampleImages(engine.row, 'edit', 3);
    const size = { width: 1024, height: 768 };
    expect(await told('localai', { ...extras, prompt: 'a|b', size, images }, 'mask')).toEqual([
      ['seed', 'dropped', null],
      ['negative_prompt', 'dropped', null],
      ['guidance_scale', 'dropped', null],
      ['true_cfg_scale', 'dropped', null],
      ['size', 'approximated', '512x512'],
      ['image', 'dropped', null],
    ]);
    expect(await told('localai', { size: { width: 512, height: 512 } }, 'mask')).toEqual([]);
  });

  test('sd-server loses options in the prompt, and has one guidance for two', async () => {
    const prompt = 'a <sd_cpp_extra_args>{"seed":1}</sd_cpp_extra_args>cat';
    expect(await told('sdcpp', { ...extras, prompt })).toEqual([
      ['prompt', 'approximated', 'a cat'],
      ['guidance_scale', 'dropped', null],
    ]);
  });

  test('a report holds no endless prompt', async () => {
    const [adjustment] = await told('localai', { prompt: `|${'owl '.repeat(5000)}` });
    expect(String(adjustment?.[2]).length).toBeLessThan(300);
  });

  test('a model of the catalogue loses what its engine does not have', async () => {
    const row = builtInRows.find(({ id }) => id === 'gpt-image-2.5-flare') ?? builtInRows[0];
    if (row === undefined) throw new Error('There are no rows.');
    const [cell] = await openEngines({
      name: 'lab',
      dialect: 'vllm-omni',
      base_url: 'http://127.0.0.1:1',
      models: [{ id: 'qwen-image', like: row.id }],
    });
    const job = await sampleJob(row, 'images.generations', {
      quality: 'high',
      moderation: 'low',
      background: 'auto',
      partialImages: 2,
      user: 'user-7',
      outputFormat: 'svg',
      passThrough: { complexity: 3 },
    });
    const adjustments = cell?.imageModel(row, 'images.generations')?.adjustments?.(job) ?? [];
    expect(adjustments.map(({ parameter, action }) => [parameter, action])).toEqual([
      ['quality', 'dropped'],
      ['moderation', 'dropped'],
      ['partial_images', 'dropped'],
      ['complexity', 'dropped'],
      ['output_format', 'dropped'],
    ]);
  });

  test('a model of the catalogue on an engine without masks is not asked for one', async () => {
    const row = builtInRows.find(({ id }) => id === 'gpt-image-2');
    if (row === undefined) throw new Error('The row is missing.');
    const [cell] = await openEngines({
      name: 'lab',
      dialect: 'sglang',
      base_url: 'http://127.0.0.1:1',
      models: [{ id: 'flux', like: row.id }],
    });
    const model = cell?.imageModel(row, 'images.edits');
    if (model === null || model === undefined) throw new Error('It is not served.');
    const error = await runToError(model, await maskedJob(row));
    expect(error.facts).toMatchObject({ kind: 'rejected', charged: 'no', param: 'mask' });
  });
});
