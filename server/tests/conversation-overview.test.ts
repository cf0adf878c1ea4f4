import { Pictor as Client, PictorApiError, type ResponseProgress } from '@pictor/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
let client: Client;

beforeAll(async () => {
  pictor = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '300' } });
  client = new Client({ baseUrl: pictor.url, apiKey: pictor.key });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

const model = 'sketch-director-1';
const tools = [{ type: 'image_generation', model: 'sketch-1', size: '256x256', partial_images: 2 }];

async function all(events: AsyncIterable<ResponseProgress>): Promise<readonly ResponseProgress[]> {
  const seen: ResponseProgress[] = [];
  for await (const event of events) seen.push(event);
  return seen.filter(({ type }) => type !== 'waiting');
}

test('a turn is streamed with previews and words, and followed from any event', async () => {
  const events = await all(client.responses.stream({ model, tools, input: 'Draw a boat' }));
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['started', 'item', 'painting', 'partial', 'text', 'ended']),
  );
  const ended = events.at(-1);
  if (ended?.type !== 'ended') throw new Error('The stream has no ending.');
  expect(ended.response).toMatchObject({ status: 'completed', pictor: { director: 'sketch' } });
  const partial = events.find(({ type }) => type === 'partial');
  if (partial?.type !== 'partial') throw new Error('The stream has no preview.');
  expect([...partial.bytes.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);

  const { id } = ended.response;
  const rest = await all(client.responses.follow(id, partial.sequence));
  expect(rest).toEqual(events.slice(events.indexOf(partial) + 1));
  expect((await client.responses.inputItems(id)).data).toMatchObject([{ type: 'message' }]);
  expect((await client.responses.get(id)).output_text).toBe(ended.response.output_text);
  await client.responses.delete(id);
  await expect(client.responses.get(id)).rejects.toThrow(PictorApiError);
});

test('conversations are listed by their last change, found by what was said, and read turn by turn', async () => {
  const first = await client.conversations.create({ metadata: { topic: 'harbour' } });
  const second = await client.conversations.create();
  await client.responses.create({ model, tools, input: '  Draw a\n otter ', conversation: second.id });
  const boat = await client.responses.create({
    model,
    tools,
    input: 'Draw a boat',
    conversation: first.id,
  });
  const background = { model, tools, input: 'Draw a lamp', conversation: first.id, background: true };
  const queued = await client.responses.create(background);
  expect((await client.conversations.list({ limit: 1 })).data).toMatchObject([
    { id: first.id, running: true, turn_count: 2 },
  ]);
  expect((await client.responses.cancel(queued.id)).status).toBe('cancelled');
  await client.responses.create({
    model,
    tools,
    input: 'What about at night?',
    conversation: first.id,
  });

  const page = await client.conversations.list({ limit: 1 });
  expect(page.data).toMatchObject([
    {
      id: first.id,
      title: 'Draw a boat',
      model,
      turn_count: 3,
      running: false,
      metadata: { topic: 'harbour' },
    },
  ]);
  expect(page.data[0]?.images).toHaveLength(2);
  const rest = await client.conversations.list({ limit: 1, cursor: page.next_cursor ?? '' });
  expect(rest.data).toMatchObject([{ id: second.id, title: 'Draw a otter' }]);
  const found = async (q: string) => (await client.conversations.list({ q })).data.map(({ id }) => id);
  expect(await found('OTTER')).toEqual([second.id]);
  expect(await found('harbour')).toEqual([first.id]);
  expect(await found('100% nowhere_')).toEqual([]);

  const turns = await client.conversations.turns(first.id);
  expect(turns.data).toMatchObject([
    { id: boat.id, status: 'completed', input: [{ role: 'user', text: 'Draw a boat' }] },
    { id: queued.id, status: 'cancelled', input: [{ text: 'Draw a lamp' }] },
    { status: 'completed', output: [{ action: 'edit' }, { role: 'assistant' }] },
  ]);
  expect(turns.data[0]).toMatchObject({ cost: expect.any(Number), tools: [{ size: '256x256' }] });
  const [drawn] = turns.data[0]?.output ?? [];
  expect(drawn?.request).toMatch(/^req_/);
  expect(drawn?.images[0]).toMatchObject({ width: 256, url: expect.stringMatching(/^\/images\/img_/) });
  const last = await client.conversations.turns(first.id, { limit: 1 });
  expect(last).toMatchObject({ has_more: true, first_id: turns.data[2]?.id });
  expect((await client.conversations.turns(first.id, { before: last.first_id ?? '' })).data).toEqual(
    turns.data.slice(0, 2),
  );
});

test('a branch carries items by their ids, and knows who made them', async () => {
  const trunk = await client.conversations.create();
  await client.responses.create({ model, tools, input: 'Draw a tower', conversation: trunk.id });
  const [turn] = (await client.conversations.turns(trunk.id)).data;
  const carried = [...(turn?.input ?? []), ...(turn?.output ?? [])];
  const items = carried.map(({ id }) => ({ type: 'item_reference', id }));
  const branch = await client.conversations.create({ items, metadata: { title: 'Other tower' } });
  expect((await client.conversations.turns(branch.id)).data).toEqual([turn]);
  const named = carried.find(({ type }) => type === 'image_generation_call');
  await client.responses.create({
    model,
    tools: tools.map((tool) => ({ ...tool, action: 'edit' })),
    conversation: branch.id,
    input: [
      { role: 'user', content: 'Make it blue' },
      { type: 'image_generation_call', id: named?.id },
    ],
  });
  expect((await client.conversations.turns(branch.id)).data).toMatchObject([
    { id: turn?.id },
    { input: [{ text: 'Make it blue' }, { id: named?.id }], output: [{ action: 'edit' }, {}] },
  ]);
  expect((await client.conversations.list({ limit: 1 })).data).toMatchObject([{ title: 'Other tower' }]);

  const renamed = await client.conversations.update(branch.id, { title: 'Third tower' });
  expect(renamed.metadata).toEqual({ title: 'Third tower' });
  const added = await client.conversations.items.add(branch.id, [{ role: 'user', content: 'Hello' }]);
  const [{ id: addedId } = { id: '' }] = added.data;
  expect((await client.conversations.items.get(branch.id, addedId)).type).toBe('message');
  await client.conversations.items.delete(branch.id, addedId);
  expect((await client.conversations.items.list(branch.id, { limit: 1, order: 'asc' })).data).toMatchObject([
    { role: 'user' },
  ]);
  await client.conversations.delete(branch.id);
  await expect(client.conversations.turns(branch.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(client.conversations.turns(trunk.id, { before: 'x' })).rejects.toMatchObject({
    param: 'before',
  });
  await expect(client.conversations.list({ limit: 0 })).rejects.toMatchObject({ param: 'limit' });
});
