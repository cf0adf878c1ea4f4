import { imagesResponse } from '@pictor/api';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCredentials } from '../src/providers/vertex/testing/write-credentials.ts';
import { toJson } from './support/forms.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { googleKey, googleProject, googleToken, openGoogleUpstream } from './upstreams/google-upstream.ts';
import type { ServedUpstream } from './upstreams/serve-upstream.ts';

let gemini: ServedUpstream;
let vertex: ServedUpstream;
let pictor: Pictor;
let credentials: Awaited<ReturnType<typeof writeCredentials>>;

beforeAll(async () => {
  gemini = await openGoogleUpstream({ shrink: 8 });
  vertex = await openGoogleUpstream({ shrink: 8 });
  credentials = await writeCredentials(vertex.origin);
  pictor = await startPictor({
    env: {
      GEMINI_API_KEY: googleKey,
      PICTOR_GEMINI_BASE_URL: gemini.origin,
      GOOGLE_APPLICATION_CREDENTIALS: credentials.path,
      PICTOR_VERTEX_BASE_URL: vertex.origin,
    },
  });
});
afterAll(async () => {
  await pictor.stop();
  await gemini.close();
  await vertex.close();
  await credentials.remove();
  await removeDataDirs();
});

async function made(body: Record<string, unknown>) {
  const response = await pictor.call('/v1/images/generations', toJson({ prompt: 'A fox', ...body }));
  expect(response.status).toBe(200);
  return imagesResponse.parse(await response.json());
}

describe('with both of Google’s services', () => {
  test.each([
    ['gemini-3-pro-image', 'gemini'],
    ['google/gemini-3-pro-image', 'gemini'],
    ['gemini/gemini-3-pro-image', 'gemini'],
    ['vertex/gemini-3-pro-image', 'vertex'],
    ['vertex/nano-banana-pro', 'vertex'],
  ])('%s is made by %s', async (model, engine) => {
    const answer = await made({ model });
    expect(answer.pictor).toMatchObject({ engine, model: 'gemini-3-pro-image', adjustments: [] });
    expect(answer.pictor?.cost).toBeGreaterThan(0.13);
  });

  test('Vertex AI is asked in the project of the credentials, for the format that is wanted', async () => {
    const answer = await made({
      model: 'vertex/nano-banana-pro',
      size: '1376x768',
      output_format: 'png',
      user: 'user-7',
    });
    const call = vertex.calls.at(-1);
    expect(call?.path).toBe(
      `/v1beta1/projects/${googleProject}/locations/global/publishers/google/models/gemini-3-pro-image:generateContent`,
    );
    expect(call?.headers.authorization).toBe(`Bearer ${googleToken}`);
    expect(Object.fromEntries(call?.fields ?? [])).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'A fox' }] }],
      labels: { user: 'user-7' },
      generationConfig: {
        responseModalities: ['TEXT', 'IMAGE'],
        imageConfig: {
          aspectRatio: '16:9',
          imageSize: '1K',
          imageOutputOptions: { mimeType: 'image/png' },
        },
      },
    });
    const bytes = Buffer.from(answer.data[0]?.b64_json ?? '', 'base64');
    expect(bytes).toEqual(call?.pictures[0]);
    expect((await sharp(bytes).metadata()).format).toBe('png');
  });

  test('a model that is gone at one of them is asked of the other', async () => {
    const gone = 'models/gemini-3-pro-image is not found for API version v1beta.';
    const body = { error: { code: 404, status: 'NOT_FOUND', message: gone } };
    gemini.next({ instead: { status: 404, body } });
    const answer = await made({ model: 'gemini-3-pro-image' });
    expect(answer.pictor).toMatchObject({ engine: 'vertex', model: 'gemini-3-pro-image' });
    gemini.next({ instead: { status: 404, body } });
    const failed = await pictor.call(
      '/v1/images/generations',
      toJson({ model: 'gemini/gemini-3-pro-image', prompt: 'A fox' }),
    );
    expect(await failed.json()).toMatchObject({
      error: { code: 'upstream_unauthorised', message: expect.stringContaining('does not have this model') },
    });
  });

  test('a failure of Vertex AI shows neither token nor project', async () => {
    vertex.next({
      instead: {
        status: 403,
        body: {
          error: {
            code: 403,
            status: 'PERMISSION_DENIED',
            message: `Permission denied on projects/${googleProject} for Bearer ${googleToken}`,
          },
        },
      },
    });
    const failed = await pictor.call(
      '/v1/images/generations',
      toJson({ model: 'vertex/nano-banana-pro', prompt: 'A fox' }),
    );
    expect(failed.status).toBe(502);
    const told = (await failed.text()) + pictor.output();
    expect(told).not.toContain(googleToken);
    expect(told).not.toContain(googleProject);
  });
});
