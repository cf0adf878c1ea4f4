import { imagesResponse } from '@pictor/api';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toJson } from './support/forms.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { googleSizes } from './upstreams/google-sizes.ts';
import { googleKey, openGoogleUpstream } from './upstreams/google-upstream.ts';
import type { ServedUpstream, UpstreamCall } from './upstreams/serve-upstream.ts';

// Tables need no large pictures: everything is drawn at a sixteenth.
const shrink = 16;

let upstream: ServedUpstream;
let pictor: Pictor;

beforeAll(async () => {
  upstream = await openGoogleUpstream({ shrink });
  pictor = await startPictor({
    env: { GEMINI_API_KEY: googleKey, PICTOR_GEMINI_BASE_URL: upstream.origin },
  });
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

async function ask(body: Record<string, unknown>) {
  const response = await pictor.call('/v1/images/generations', toJson(body));
  expect(response.status, JSON.stringify(body)).toBe(200);
  return imagesResponse.parse(await response.json());
}

/** What the upstream was asked for. Prompts tell the calls apart: many run at once. */
function callOf(prompt: string): UpstreamCall & { readonly imageConfig: unknown } {
  const call = upstream.calls.find((each) => JSON.stringify(each.fields).includes(`"${prompt}"`));
  if (call === undefined) throw new Error(`Nothing was asked for ${prompt}.`);
  const { imageConfig } = Object.fromEntries(call.fields).generationConfig as Record<string, unknown>;
  return { ...call, imageConfig };
}

const tables = Object.entries(googleSizes).flatMap(([model, tiers]) =>
  Object.entries(tiers).map(([tier, cells]) => ({ model, tier, cells })),
);

describe.each(tables)('$model at $tier', ({ model, tier, cells }) => {
  // A model with one tier and no word for it is told the ratio only.
  const choosesTier = model !== 'gemini-2.5-flash-image';
  const configOf = (ratio: string) => ({ aspectRatio: ratio, ...(choosesTier && { imageSize: tier }) });

  test('every size of the table is its ratio and tier, and nothing is adjusted', async () => {
    await Promise.all(
      cells.map(async ([ratio, width, height]) => {
        const prompt = `size of ${model} ${width}x${height}`;
        const answer = await ask({ model, prompt, size: `${width}x${height}` });
        expect(answer.pictor?.adjustments, prompt).toEqual([]);
        expect(callOf(prompt).imageConfig, prompt).toEqual(configOf(ratio));
      }),
    );
  });

  test('every ratio and tier is sent as given, and makes the size of the table', async () => {
    await Promise.all(
      cells.map(async ([ratio, width, height]) => {
        const prompt = `cell of ${model} ${ratio} ${tier}`;
        const asked = { aspect_ratio: ratio, ...(choosesTier && { image_size: tier }) };
        const answer = await ask({ model, prompt, ...asked });
        expect(answer.pictor?.adjustments, prompt).toEqual([]);
        const call = callOf(prompt);
        expect(call.imageConfig, prompt).toEqual(configOf(ratio));
        const made = await sharp(call.pictures[0]).metadata();
        expect([made.width, made.height], prompt).toEqual([
          Math.round(width / shrink),
          Math.round(height / shrink),
        ]);
      }),
    );
  });
});

describe('a size that is in no table', () => {
  test.each([
    ['gemini-3-pro-image', '1536x1024', '3:2', '1K'],
    ['gemini-3-pro-image', '1024x1536', '2:3', '1K'],
    ['gemini-3-pro-image', '1920x1080', '16:9', '1K'],
    ['gemini-3-pro-image', '3840x2160', '16:9', '2K'],
    ['gemini-3-pro-image', '5000x5000', '1:1', '4K'],
    ['gemini-3.1-flash-image', '1792x1024', '16:9', '1K'],
    ['gemini-3.1-flash-image', '792x168', '21:9', '512'],
    ['gemini-nano-banana-2.1', '1080x1920', '9:16', '1K'],
  ])('of %s, %s, is the nearest shape, then the nearest area: %s at %s', async (model, size, ratio, tier) => {
    const prompt = `nearest of ${model} ${size}`;
    const answer = await ask({ model, prompt, size });
    expect(callOf(prompt).imageConfig).toEqual({ aspectRatio: ratio, imageSize: tier });
    expect(answer.pictor?.adjustments).toMatchObject([
      { parameter: 'size', action: 'approximated', requested: size },
    ]);
  });

  test.each([[{}], [{ size: 'auto' }]])('or none at all is left to the model: %j', async (asked) => {
    const prompt = `open ${JSON.stringify(asked).length}`;
    await ask({ model: 'gemini-3-pro-image', prompt, ...asked });
    expect(callOf(prompt).imageConfig).toBeUndefined();
  });
});
