import sharp from 'sharp';
import { expect, onTestFinished } from 'vitest';
import type { ServedUpstream } from '../../../../tests/upstreams/serve-upstream.ts';
import type { ImageInput, ImageJob } from '../../../models/index.ts';
import { collectEvents, testRequestId } from '../../../models/testing/collect-events.ts';
import { maskedJob, sampleJob } from '../../../models/testing/sample-jobs.ts';
import type { OpenedEngine } from './open-engine.ts';

/** Everything that a caller may ask of a diffusion engine. */
export const everything: Partial<ImageJob> = {
  n: 2,
  size: { width: 256, height: 192 },
  outputFormat: 'webp',
  outputCompression: 80,
  seed: 7,
  negativePrompt: 'blurry, text',
  inferenceSteps: 28,
  guidanceScale: 3.5,
  trueCfgScale: 4.5,
  user: 'user-7',
};

export async function opened<U extends ServedUpstream>(upstream: Promise<U>): Promise<U> {
  const served = await upstream;
  onTestFinished(served.close);
  return served;
}

export function lastCall({ calls }: ServedUpstream) {
  const call = calls.at(-1);
  if (call === undefined) throw new Error('The upstream was not called.');
  return call;
}

/** The only headers that are sent, with those that every call has left out. */
export function ownHeaders(upstream: ServedUpstream) {
  const {
    host: _host,
    connection: _connection,
    'content-type': contentType,
    'content-length': _contentLength,
    ...own
  } = lastCall(upstream).headers;
  return { ...own, contentType: contentType?.split(';')[0] };
}

export const usual = {
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'Pictor',
  'x-client-request-id': testRequestId,
};

export async function generate({ row, model }: OpenedEngine, changes: Partial<ImageJob> = {}) {
  return await collectEvents(
    model(),
    await sampleJob(row, 'images.generations', { size: 'auto', ...changes }),
  );
}

export async function editWithMask({ row, model }: OpenedEngine, changes: Partial<ImageJob> = {}) {
  const job = { ...(await maskedJob(row)), size: 'auto' as const, ...changes };
  await collectEvents(model('images.edits'), job);
  return job;
}

/** White where the mask is transparent and black elsewhere, one channel of the mask's own size. */
export async function expectWhiteMask(
  bytes: Buffer | undefined,
  mask: ImageInput | undefined,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of mask?.open() ?? []) chunks.push(chunk);
  const alpha = await sharp(Buffer.concat(chunks)).extractChannel('alpha').raw().toBuffer();
  const sent = sharp(bytes);
  expect(await sent.metadata()).toMatchObject({ format: 'png', channels: 1, depth: 'uchar', space: 'b-w' });
  const { data, info } = await sent.extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([mask?.width, mask?.height]);
  expect(data.every((value, index) => value === (alpha[index] === 0 ? 255 : 0))).toBe(true);
  expect(new Set(data)).toEqual(new Set([0, 255]));
}
