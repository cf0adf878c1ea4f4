import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { sampleInput, sampleMask } from '../../models/testing/sample-inputs.ts';
import { emulateMask } from './composite-mask.ts';
import { readAll } from './hold-bytes.ts';

const size = { width: 120, height: 80 };
const plain = (facts: { width: number; height: number }, background: string) =>
  sharp({ create: { ...facts, channels: 3, background } })
    .png()
    .toBuffer();

async function pixelsOf(bytes: Uint8Array) {
  return await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
}

async function prepare(changes: { size?: { width: number; height: number } } = {}) {
  const original = await sampleInput({ ...size, format: 'png', colour: '#204060' });
  const mask = await sampleMask(size);
  const [bytes, alpha] = await Promise.all([readAll(original.open()), readAll(mask.open())]);
  return { original, emulated: await emulateMask(bytes, alpha, changes.size) };
}

/** The hole of a sample mask. */
function isOpen(x: number, y: number): boolean {
  return Math.abs(x - size.width / 2) < size.width / 4 && Math.abs(y - size.height / 2) < size.height / 4;
}

describe('an emulated mask', () => {
  test('shows the model where to edit, in white', async () => {
    const { emulated } = await prepare();
    expect(emulated.base).toBeNull();
    const { data, info } = await sharp(emulated.guide)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect({ width: info.width, height: info.height }).toEqual(size);
    for (let y = 0; y < size.height; y += 7) {
      for (let x = 0; x < size.width; x += 7) {
        expect(data[(y * size.width + x) * info.channels]).toBe(isOpen(x, y) ? 255 : 0);
      }
    }
  });

  test.each([
    ['its own size', size],
    ['another size of its shape', { width: 1264, height: 848 }],
  ])('puts every pixel of the original back around what was made in %s', async (_, made) => {
    const { emulated, original } = await prepare();
    const { bytes } = await emulated.composite(await plain(made, '#f00'), 'png', undefined);
    const [after, before] = await Promise.all([pixelsOf(bytes), pixelsOf(await readAll(original.open()))]);
    expect({ width: after.info.width, height: after.info.height }).toEqual(size);
    let [changed, kept] = [0, 0];
    for (let pixel = 0; pixel < size.width * size.height; pixel += 1) {
      const open = isOpen(pixel % size.width, Math.floor(pixel / size.width));
      const now = after.data.subarray(pixel * 4, pixel * 4 + 4).toString('hex');
      const then = before.data.subarray(pixel * 4, pixel * 4 + 4).toString('hex');
      if (open) changed += now === 'ff0000ff' ? 1 : 0;
      else kept += now === then ? 0 : 1;
    }
    expect(kept).toBe(0);
    expect(changed).toBe(59 * 39);
  });

  test('measures how far the model had strayed', async () => {
    const { emulated, original } = await prepare();
    const faithful = await emulated.composite(await readAll(original.open()), 'png', undefined);
    expect(faithful.drift).toEqual({ meanDifference: 0, changedShare: 0 });
    const strayed = await emulated.composite(await plain(size, '#f00'), 'png', undefined);
    expect(strayed.drift.changedShare).toBe(1);
    expect(strayed.drift.meanDifference).toBeGreaterThan(50);
  });

  test.each([
    ['jpeg', undefined],
    ['webp', 80],
  ] as const)('comes as %s where that is asked for', async (format, quality) => {
    const { emulated } = await prepare();
    const { bytes } = await emulated.composite(await plain(size, '#f00'), format, quality);
    expect((await sharp(bytes).metadata()).format).toBe(format);
  });

  test('brings an original of another shape to the size that is asked for, and its mask alike', async () => {
    const square = { width: 96, height: 96 };
    const { emulated } = await prepare({ size: square });
    expect(emulated.canvas).toEqual(square);
    expect(await sharp(emulated.base ?? undefined).metadata()).toMatchObject(square);
    const { bytes } = await emulated.composite(await plain(square, '#f00'), 'png', undefined);
    const { data } = await pixelsOf(bytes);
    expect([...data.subarray((48 * 96 + 48) * 4, (48 * 96 + 48) * 4 + 3)]).toEqual([255, 0, 0]);
    expect([...data.subarray(0, 3)]).toEqual([0x20, 0x40, 0x60]);
  });

  test('is turned with a photo that is stored on its side', async () => {
    const stored = await plain({ width: 40, height: 20 }, '#204060');
    const photo = await sharp(stored).withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer();
    // Clear at the left of what is stored, which is the top of what is seen.
    const alpha = Buffer.from(
      Array.from({ length: 40 * 20 * 4 }, (_, at) => (at % 4 === 3 && (at >> 2) % 40 >= 10 ? 255 : 0)),
    );
    const mask = await sharp(alpha, { raw: { width: 40, height: 20, channels: 4 } })
      .png()
      .toBuffer();
    const emulated = await emulateMask(photo, mask, undefined);
    const upright = { width: 20, height: 40 };
    expect(emulated.canvas).toEqual(upright);
    expect(await sharp(emulated.base ?? undefined).metadata()).toMatchObject(upright);
    const { bytes } = await emulated.composite(await plain(upright, '#f00'), 'png', undefined);
    const { data } = await pixelsOf(bytes);
    const redOf = (row: number) => data[row * 20 * 4];
    expect([redOf(0), redOf(9)]).toEqual([255, 255]);
    expect(redOf(10)).toBeLessThan(60);
  });

  test('never sends more than models look at', async () => {
    const wide = { width: 2400, height: 800 };
    const { emulated } = await prepare({ size: wide });
    expect(emulated.canvas).toEqual(wide);
    const shown = { width: 1536, height: 512 };
    expect(await sharp(emulated.base ?? undefined).metadata()).toMatchObject(shown);
    expect(await sharp(emulated.guide).metadata()).toMatchObject(shown);
  });

  test('keeps what is half clear, and what can be seen through', async () => {
    const facts = { width: 4, height: 1, channels: 4 } as const;
    const original = await sharp({ create: { ...facts, background: '#11223380' } })
      .png()
      .toBuffer();
    const alpha = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 128, 0, 0, 0, 255]);
    const mask = await sharp(alpha, { raw: facts }).png().toBuffer();
    const emulated = await emulateMask(original, mask, undefined);
    const made = await plain({ width: 4, height: 1 }, '#f00');
    const { data } = await pixelsOf((await emulated.composite(made, 'png', undefined)).bytes);
    expect(data.toString('hex')).toBe(`ff0000ff${'11223380'.repeat(3)}`);
  });

  test('ends when what was made is no picture', async () => {
    const { emulated } = await prepare();
    await expect(emulated.composite(Buffer.from('nothing'), 'png', undefined)).rejects.toThrow();
  });
});
