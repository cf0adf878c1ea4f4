import { imagesResponse } from '@pictor/api';
import { toFile } from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
let withHole: Buffer;
beforeAll(async () => {
  pictor = await startPictor();
  withHole = await sharp({ create: { width: 1024, height: 1024, channels: 4, background: '#3366cc' } })
    .composite([
      {
        input: { create: { width: 400, height: 400, channels: 4, background: '#000' } },
        left: 0,
        top: 0,
        blend: 'dest-out',
      },
    ])
    .png()
    .toBuffer();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

test.each([
  ['gpt-image-1', 'opaque', 'opaque', 255],
  ['gpt-image-1', 'auto', 'transparent', 0],
  ['gpt-image-2', 'auto', 'opaque', 255],
] as const)(
  'an edit of a picture with a hole on %s with background %s says %s, and is',
  async (model, asked, said, alpha) => {
    const image = await toFile(withHole, 'hole.png', { type: 'image/png' });
    const edit = await pictor
      .client()
      .images.edit({ model, image, prompt: 'make it brighter', background: asked });
    const answer = imagesResponse.parse(edit);
    expect(answer.background).toBe(said);
    const corner = await sharp(Buffer.from(answer.data[0]?.b64_json ?? '', 'base64'))
      .ensureAlpha()
      .extract({ left: 10, top: 10, width: 1, height: 1 })
      .raw()
      .toBuffer();
    expect(corner[3]).toBe(alpha);
  },
);
