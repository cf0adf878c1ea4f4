import { imagesResponse } from '@pictor/api';
import { afterAll, expect, test } from 'vitest';
import { newDataDir, removeDataDirs, startPictor } from './support/start-pictor.ts';

afterAll(removeDataDirs);

type Listed = {
  data: { id: string; status: string; error: { code: string } | null; images: { url: string }[] }[];
};

test('after kill -9 every answered request is there with its image, and one that was cut off says so', async () => {
  const dataDir = await newDataDir();
  const first = await startPictor({ dataDir, env: { PICTOR_SKETCH_DELAY_MS: '0' } });
  const answered = await Promise.all(
    Array.from({ length: 6 }, async (_, index) => {
      const answer = await first
        .client()
        .images.generate({ model: 'sketch-1', prompt: `boat number ${index}`, size: '256x256' });
      const parsed = imagesResponse.parse(answer);
      return { id: parsed.pictor?.request, base64: parsed.data[0]?.b64_json };
    }),
  );
  await first.kill();

  const slow = await startPictor({ dataDir, env: { PICTOR_SKETCH_DELAY_MS: '60000' } });
  const cut = slow
    .client()
    .images.generate({ model: 'sketch-1', prompt: 'never finished' })
    .catch((error: Error) => error);
  await expect
    .poll(async () => ((await (await slow.call('/api/requests')).json()) as Listed).data[0]?.status)
    .toBe('running');
  await slow.kill();
  expect(await cut).toBeInstanceOf(Error);

  const again = await startPictor({ dataDir });
  const list = (await (await again.call('/api/requests')).json()) as Listed;
  expect(list.data).toHaveLength(7);
  expect(list.data[0]).toMatchObject({ status: 'interrupted', error: { code: 'interrupted' }, images: [] });
  for (const { id, base64 } of answered) {
    const row = list.data.find((candidate) => candidate.id === id);
    expect(row?.status).toBe('succeeded');
    const image = await again.call(row?.images[0]?.url ?? '');
    expect(Buffer.from(await image.arrayBuffer()).toString('base64')).toBe(base64);
  }
  await again.stop();
});
