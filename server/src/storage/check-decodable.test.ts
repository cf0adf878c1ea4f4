import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { checkDecodable, type Decodability, type DecodeLimits } from './check-decodable.ts';
import {
  animation,
  claimingGif,
  claimingPng,
  noise,
  plain,
  temporaryFolder,
} from './testing/sample-images.ts';

async function check(bytes: Uint8Array | string, limits?: DecodeLimits): Promise<Decodability> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'picture');
  await writeFile(path, bytes);
  return await checkDecodable(path, limits);
}

const formats = ['png', 'jpeg', 'webp', 'gif', 'avif'] as const;

const encode = (format: (typeof formats)[number]) =>
  noise(400, 300)
    .toFormat(format, format === 'avif' ? { effort: 0 } : {})
    .toBuffer();

describe('checkDecodable', () => {
  it.each(formats)('is content with a whole %s', async (format) => {
    expect(await check(await encode(format))).toBe('ok');
  });

  it.each(formats)('notices where a %s breaks off', async (format) => {
    const bytes = await encode(format);
    for (const part of [0.98, 0.5, 0.1]) {
      expect(await check(bytes.subarray(0, Math.floor(bytes.length * part)))).toEqual({
        problem: 'truncated',
      });
    }
  });

  it('is content with pictures of other colour spaces, orientations and many frames', async () => {
    expect(await check(await plain(30, 20).toColourspace('cmyk').jpeg().toBuffer())).toBe('ok');
    expect(await check(await plain(30, 20).withMetadata({ orientation: 8 }).jpeg().toBuffer())).toBe('ok');
    expect(await check(await noise(30, 20).jpeg({ progressive: true }).toBuffer())).toBe('ok');
    expect(await check(await noise(30, 20).png({ progressive: true }).toBuffer())).toBe('ok');
    expect(await check(await animation('webp', 3))).toBe('ok');
    expect(await check(await animation('gif', 3))).toBe('ok');
    expect(await check('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')).toBe('ok');
    expect(await check(await plain(1, 1).png().toBuffer())).toBe('ok');
  });

  it('notices damage in the middle', async () => {
    const bytes = await encode('png');
    const middle = Math.floor(bytes.length / 2);
    bytes.fill(0, middle, middle + 500);
    expect(await check(bytes)).toEqual({ problem: 'damaged' });
  });

  it('does not decode what claims more pixels than the limit', async () => {
    expect(await check(claimingPng(50_000, 50_000))).toEqual({ problem: 'too-many-pixels' });
    expect(await check(claimingGif(60_000, 60_000))).toEqual({ problem: 'too-many-pixels' });
    const png = await plain(100, 100).png().toBuffer();
    expect(await check(png, { maxPixels: 9_999 })).toEqual({ problem: 'too-many-pixels' });
    expect(await check(png, { maxPixels: 10_000 })).toBe('ok');
  });

  it('says that a claim within the limit without its pixels is no whole image', async () => {
    expect(await check(claimingPng(2_000, 2_000))).toEqual({ problem: 'damaged' });
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['zeros', Buffer.alloc(5000)],
  ])('says that %s is not an image', async (_name, bytes) => {
    expect(await check(bytes)).toEqual({ problem: 'not-an-image' });
  });

  it('never throws, whichever byte of an image is wrong', async () => {
    for (const format of formats) {
      const bytes = await sharp(await plain(16, 16).png().toBuffer())
        .toFormat(format)
        .toBuffer();
      for (let position = 0; position < Math.min(bytes.length, 400); position += 5) {
        const wrong = Buffer.from(bytes);
        wrong.writeUInt8(wrong.readUInt8(position) ^ 0xff, position);
        const verdict = await check(wrong);
        expect(verdict === 'ok' || verdict.problem !== 'missing').toBe(true);
      }
    }
  });
});
