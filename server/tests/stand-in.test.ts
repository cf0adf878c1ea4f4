import { imagesResponse } from '@pictor/api';
import { afterAll, expect, test } from 'vitest';
import { removeDataDirs, startPictor } from './support/start-pictor.ts';
import { startPostgres } from './support/start-postgres.ts';

afterAll(removeDataDirs);

test('without stand-in, a model that nobody serves names the variable to set, and sketch-1 is still there', async () => {
  const pictor = await startPictor({ env: { PICTOR_STAND_IN: 'off' } });
  const client = pictor.client();
  for (const [model, variable] of [
    ['gpt-image-1', 'OPENAI_API_KEY'],
    ['openai/gpt-image-2', 'OPENAI_API_KEY'],
    ['nano-banana-pro', 'GEMINI_API_KEY'],
  ] as const) {
    const refused = await client.images.generate({ model, prompt: 'a boat' }).catch((error: Error) => error);
    expect(refused).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    expect((refused as Error).message).toContain(variable);
  }
  expect((await client.models.list()).data.map((model) => model.id)).toEqual([
    'sketch-director-1',
    'sketch-1',
  ]);
  const answer = imagesResponse.parse(await client.images.generate({ model: 'sketch-1', prompt: 'a boat' }));
  expect(answer.pictor).toMatchObject({ engine: 'sketch', model: 'sketch-1', cost: 0 });
  expect(answer.pictor).not.toHaveProperty('list_cost');
  await pictor.stop();
});

test('the setting for requests that name no model replaces the usual rule', async () => {
  const pictor = await startPictor({ env: { PICTOR_DEFAULT_MODEL: 'gpt-image-2' } });
  const call = await pictor.call('/v1/images/generations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'a boat', size: '1536x864' }),
  });
  expect(imagesResponse.parse(await call.json())).toMatchObject({
    size: '1536x864',
    pictor: { model: 'gpt-image-2' },
  });
  await pictor.stop();
});

test('everything is the same on a PostgreSQL server, across restarts', async () => {
  const postgres = await startPostgres();
  const first = await startPictor({ env: { DATABASE_URL: postgres.url } });
  const answer = imagesResponse.parse(
    await first
      .client()
      .images.generate({ model: 'gpt-image-1', prompt: 'a boat on another database', n: 2 }),
  );
  await first.kill();
  const again = await startPictor({ dataDir: first.dataDir, env: { DATABASE_URL: postgres.url } });
  const list = (await (await again.call('/api/requests')).json()) as {
    data: { id: string; images: { url: string }[] }[];
  };
  expect(list.data.map((row) => row.id)).toEqual([answer.pictor?.request]);
  for (const [index, image] of (list.data[0]?.images ?? []).entries()) {
    const bytes = Buffer.from(await (await again.call(image.url)).arrayBuffer());
    expect(bytes.toString('base64')).toBe(answer.data[index]?.b64_json);
  }
  expect(list.data[0]?.images).toHaveLength(2);
  await again.stop();
  await postgres.stop();
});
