import { afterAll, beforeAll, expect, test } from 'vitest';
import { toForm, toJson } from './support/forms.ts';
import { paintLandscape, paintMask } from './support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;

type Row = {
  readonly id: string;
  readonly model: string;
  readonly prompt: string;
  readonly replay_of: string | null;
  readonly tags: readonly string[];
  readonly size: string;
  readonly parameters: Record<string, unknown>;
  readonly adjustments: readonly { parameter: string; action: string }[];
  readonly inputs: readonly { id: string; role: string; bytes: number }[];
  readonly images: readonly { id: string }[];
};

beforeAll(async () => {
  pictor = await startPictor();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function rowOf(answer: Promise<Response>): Promise<Row> {
  const response = await answer;
  expect(response.status, await response.clone().text()).toBe(200);
  const id = response.headers.get('x-request-id');
  return (await (await pictor.call(`/api/requests/${id}`)).json()) as Row;
}

const replay = (id: string, body: object = {}, headers: Record<string, string> = {}) =>
  pictor.call(`/api/requests/${id}/replay`, toJson(body, headers));

test('a generation is sent again as it was, and to another model', async () => {
  const body = { model: 'dall-e-3', prompt: 'A lighthouse', size: '1024x1792', style: 'vivid' };
  const first = await rowOf(
    pictor.call('/v1/images/generations', toJson({ ...body, stream: false }, { 'x-pictor-tags': 'sea' })),
  );
  const again = await rowOf(replay(first.id));
  expect(again).toMatchObject({
    model: 'dall-e-3',
    prompt: 'A lighthouse',
    size: '1024x1792',
    replay_of: first.id,
    tags: ['sea'],
    parameters: { size: '1024x1792', style: 'vivid' },
  });
  expect(again.id).not.toBe(first.id);
  expect(again.images).toHaveLength(1);
  const parent = (await (await pictor.call(`/api/requests/${first.id}`)).json()) as { replays: string[] };
  expect(parent.replays).toEqual([again.id]);
  const other = await rowOf(replay(again.id, { model: 'sketch-1', parameters: { size: '1024x1024' } }));
  expect(other).toMatchObject({ model: 'sketch-1', size: '1024x1024', replay_of: again.id });
  expect(other.adjustments.map((each) => each.parameter)).toContain('style');
  const strict = await replay(first.id, { model: 'sketch-1' }, { 'x-pictor-parameters': 'strict' });
  expect(strict.status).toBe(400);
  const children = await pictor.call(
    '/api/requests/search',
    toJson({ filter_group: { filters: [{ field: 'replay_of', operator: 'is', value: first.id }] } }),
  );
  expect(((await children.json()) as { data: readonly Row[] }).data.map((each) => each.id)).toEqual([
    again.id,
  ]);
});

test('an edit is sent again with its pictures and its mask, as a stream too', async () => {
  const size = { width: 96, height: 64 };
  const form = toForm([
    ['model', 'gpt-image-2'],
    ['prompt', 'A boat in the middle'],
    ['image', await paintLandscape(size), 'sea.png'],
    ['mask', await paintMask(size, { left: 8, top: 8, width: 32, height: 32 }), 'mask.png'],
  ]);
  const first = await rowOf(pictor.call('/v1/images/edits', form));
  const again = await rowOf(replay(first.id, { prompt: 'Two boats', without: ['quality'] }));
  expect(again).toMatchObject({ prompt: 'Two boats', replay_of: first.id });
  expect(again.inputs.map(({ role, bytes }) => ({ role, bytes }))).toEqual(
    first.inputs.map(({ role, bytes }) => ({ role, bytes })),
  );
  expect(again.inputs.map((each) => each.id)).not.toEqual(first.inputs.map((each) => each.id));
  const stream = await replay(first.id, { parameters: { stream: true, partial_images: 1 } });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  expect(await stream.text()).toContain('image_edit.completed');
});

test('the same replay with one idempotency key is paid once', async () => {
  const first = await rowOf(
    pictor.call('/v1/images/generations', toJson({ model: 'sketch-1', prompt: 'A cup' })),
  );
  const key = { 'idempotency-key': 'again-1' };
  const one = await rowOf(replay(first.id, {}, key));
  const two = await rowOf(replay(first.id, {}, key));
  expect(two.id).toBe(one.id);
});

test.each([
  [{ model: 'no-such-model' }, 404],
  [{ parameters: { images: [{ image_url: 'data:image/png;base64,AA' }] } }, 400],
  [{ parameters: { n: 'many' } }, 400],
  [{ colour: 'red' }, 400],
])('%j is refused', async (body, status) => {
  const first = await rowOf(
    pictor.call('/v1/images/generations', toJson({ model: 'sketch-1', prompt: 'A plate' })),
  );
  expect((await replay(first.id, body)).status).toBe(status);
});

test('what is not there cannot be sent again', async () => {
  expect((await replay(`req_${'0'.repeat(32)}`)).status).toBe(404);
});
