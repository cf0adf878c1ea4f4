import { describe, expect, test } from 'vitest';
import { localAiKey, localAiModel, openLocalAiUpstream } from '../../../tests/upstreams/localai-upstream.ts';
import { collectEvents, decodePicture } from '../../models/testing/collect-events.ts';
import { sampleImages, sampleJob } from '../../models/testing/sample-jobs.ts';
import {
  editWithMask,
  everything,
  expectWhiteMask,
  generate,
  lastCall,
  opened,
  ownHeaders,
  usual,
} from './testing/inspect-call.ts';
import { openEngine } from './testing/open-engine.ts';

describe('localai', () => {
  const open = async () => {
    const upstream = await opened(openLocalAiUpstream());
    const engine = await openEngine({
      name: 'local',
      dialect: 'localai',
      base_url: upstream.origin,
      api_key: localAiKey,
      models: [{ id: localAiModel }],
    });
    return { upstream, engine };
  };

  test('a generation has a negative prompt behind a bar, and `step`', async () => {
    const { upstream, engine } = await open();
    const run = await generate(engine, { ...everything, prompt: 'cats | dogs', negativePrompt: 'a|b' });
    expect(ownHeaders(upstream)).toMatchObject({ ...usual, authorization: `Bearer ${localAiKey}` });
    expect(Object.fromEntries(lastCall(upstream).fields)).toEqual({
      model: localAiModel,
      prompt: 'cats, dogs|a, b',
      n: 2,
      size: '256x192',
      response_format: 'b64_json',
      step: 28,
      seed: 7,
    });
    expect(upstream.jobs).toMatchObject([{ positive: 'cats, dogs', negative: 'a, b', size: '256x192' }]);
    // It writes PNG only, so Pictor wrote what was asked.
    expect((await decodePicture(run.images[0]?.bytes ?? Buffer.alloc(0))).format).toBe('webp');
    expect(run.images[0]?.applied.outputFormat).toBe('webp');
    expect(run.usage).toBeNull();
  });

  test('a bar of the caller begins no negative prompt', async () => {
    const { upstream, engine } = await open();
    await generate(engine, { prompt: 'a sign that says A|B' });
    expect(upstream.jobs).toMatchObject([{ positive: 'a sign that says A, B', negative: '' }]);
  });

  test('an edit is a generation with bare base64', async () => {
    const { upstream, engine } = await open();
    const images = await sampleImages(engine.row, 'edit', 3);
    const job = await sampleJob(engine.row, 'images.edits', { images, size: 'auto' });
    await collectEvents(engine.model('images.edits'), job);
    const { path, fields } = lastCall(upstream);
    expect(path).toBe('/v1/images/generations');
    expect(fields.map(([name]) => name)).toEqual([
      'model',
      'prompt',
      'response_format',
      'files',
      'ref_images',
    ]);
    const understood = upstream.jobs[0];
    const sizes = [...(understood?.files ?? []), ...(understood?.refImages ?? [])].map((each) => each.length);
    expect(sizes).toEqual(images.map((image) => image.byteCount));
    expect([understood?.files.length, understood?.refImages.length]).toEqual([1, 2]);
  });

  test('a mask goes to the route for masks, whose address is fetched with the key', async () => {
    const { upstream, engine } = await open();
    const job = await editWithMask(engine, { inferenceSteps: 30, prompt: 'a | b' });
    const [inpainting, fetched] = upstream.calls;
    expect(inpainting?.path).toBe('/v1/images/inpainting');
    expect(Object.fromEntries(inpainting?.fields ?? [])).toEqual({
      model: localAiModel,
      prompt: 'a | b',
      steps: '30',
    });
    expect(inpainting?.files.map(({ name }) => name)).toEqual(['image', 'mask']);
    expect(inpainting?.files[0]?.hash).toBe(job.images[0]?.hash);
    await expectWhiteMask(inpainting?.fileBytes[1], job.mask);
    expect(fetched).toMatchObject({ method: 'GET', path: '/generated-images/b640.png' });
  });

  test('several pictures with a mask are several calls', async () => {
    const { upstream, engine } = await open();
    await editWithMask(engine, { n: 3 });
    expect(upstream.calls.filter(({ method }) => method === 'POST')).toHaveLength(3);
    expect(upstream.calls.every(({ fields }) => !new Map(fields).has('n'))).toBe(true);
  });
});
