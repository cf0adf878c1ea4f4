import { describe, expect, test } from 'vitest';
import { openSdcppUpstream } from '../../../tests/upstreams/sdcpp-upstream.ts';
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

describe('sdcpp', () => {
  const open = async (changes: { guidance?: 'distilled_guidance' } = {}) => {
    const upstream = await opened(openSdcppUpstream());
    const engine = await openEngine({
      name: 'cpu',
      dialect: 'sdcpp',
      base_url: upstream.origin,
      models: [{ id: 'flux-schnell', ...changes }],
    });
    return { upstream, engine };
  };

  test('a generation has its options in the prompt, and no model', async () => {
    const { upstream, engine } = await open();
    await generate(engine, everything);
    expect(ownHeaders(upstream)).toEqual({ ...usual, contentType: 'application/json' });
    const options =
      '{"negative_prompt":"blurry, text","seed":7,"sample_params":{"sample_steps":28,"guidance":{"txt_cfg":4.5}}}';
    expect(Object.fromEntries(lastCall(upstream).fields)).toEqual({
      prompt: `a red kite over the sea <sd_cpp_extra_args>${options}</sd_cpp_extra_args>`,
      n: 2,
      size: '256x192',
      output_format: 'webp',
      output_compression: 80,
    });
    expect(upstream.jobs).toEqual([{ prompt: 'a red kite over the sea ', options: JSON.parse(options) }]);
  });

  test('guidance of Flux models is the distilled one', async () => {
    const { upstream, engine } = await open({ guidance: 'distilled_guidance' });
    await generate(engine, { guidanceScale: 3.5, trueCfgScale: 1 });
    expect(upstream.jobs[0]?.options).toEqual({
      sample_params: { guidance: { txt_cfg: 1, distilled_guidance: 3.5 } },
    });
  });

  test.each([
    ['a block', 'a cat <sd_cpp_extra_args>{"seed":1}</sd_cpp_extra_args>!'],
    [
      'two blocks',
      '<sd_cpp_extra_args>{"seed":1}</sd_cpp_extra_args>a<sd_cpp_extra_args>{}</sd_cpp_extra_args>',
    ],
    [
      'a block in a block',
      'x<sd_cpp_<sd_cpp_extra_args></sd_cpp_extra_args>extra_args>{"seed":1}</sd_cpp_extra_args>',
    ],
    ['other letters', 'x <SD_CPP_Extra_Args>{"seed":1}</SD_CPP_EXTRA_ARGS>'],
    ['a tag without its end', 'x <sd_cpp_extra_args>{"seed":1}'],
    ['an end without its beginning', 'x {"seed":1}</sd_cpp_extra_args>'],
    ['line breaks and spaces', 'x < sd_cpp_extra_args >{\n"seed":1\n}< / sd_cpp_extra_args >'],
    [
      'tags nested deeper than anybody needs',
      `${'<sd_cpp_'.repeat(40)}<sd_cpp_extra_args>{"seed":1}</sd_cpp_extra_args>${'extra_args>'.repeat(40)}`,
    ],
    ['an open tag in a block', '<sd_cpp_extra_args>a<sd_cpp_extra_args>{"seed":1}</sd_cpp_extra_args> a cat'],
    ['nothing else', '<sd_cpp_extra_args>{"seed":1}</sd_cpp_extra_args>'],
  ])('options of the caller in %s are nobody’s', async (_, prompt) => {
    const { upstream, engine } = await open();
    await generate(engine, { prompt, seed: 42, negativePrompt: '</sd_cpp_extra_args>{"seed":3}' });
    expect(upstream.jobs).toHaveLength(1);
    expect(upstream.jobs[0]?.options).toEqual({
      seed: 42,
      negative_prompt: '</sd_cpp_extra_args>{"seed":3}',
    });
    expect(upstream.jobs[0]?.prompt).not.toMatch(/sd_cpp_extra_args/i);
  });

  test('what stands around options is left as it is', async () => {
    const { upstream, engine } = await open();
    const prompt = 'one <sd_cpp_extra_args>{"a":1}</sd_cpp_extra_args>two </sd_cpp_extra_args>three <b>';
    await generate(engine, { prompt });
    expect(upstream.jobs[0]?.prompt).toBe('one two three <b>');
  });

  test('an edit has image[], a grey mask, and is never asked for webp', async () => {
    const { upstream, engine } = await open();
    const job = await editWithMask(engine, { outputFormat: 'webp', outputCompression: 50 });
    const call = lastCall(upstream);
    expect(Object.fromEntries(call.fields)).toEqual({
      prompt: 'a red kite over the sea',
      output_format: 'png',
    });
    expect(call.files.map(({ name }) => name)).toEqual(['image[]', 'mask']);
    await expectWhiteMask(call.fileBytes[1], job.mask);
  });
});
