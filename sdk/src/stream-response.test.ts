import { expect, test } from 'vitest';
import { ConnectionError, Pictor, type ResponseProgress, UpstreamError } from './index.ts';

const response = {
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  status: 'in_progress',
  model: 'm',
  output: [],
  output_text: '',
  error: null,
  incomplete_details: null,
};
const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
const failed = { ...response, status: 'failed', error: { code: 'server_error', message: 'No.' } };

const events = [
  { type: 'response.created', response },
  { type: 'response.in_progress', response },
  { type: 'response.output_text.delta', ...place, delta: 'Hel' },
  { type: 'response.refusal.delta', ...place, delta: 'lo' },
  { type: 'response.failed', response: failed },
];
const texts = events.map(
  (event, index) => `data: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`,
);

/** Answers each call with the next of the bodies, and keeps what was asked. */
function clientOver(bodies: readonly string[], maxRetries = 2) {
  const asked: string[] = [];
  const answer = async (input: unknown, init?: RequestInit) => {
    asked.push(`${init?.method} ${String(input)}`);
    return new Response(bodies[asked.length - 1] ?? '');
  };
  return { asked, client: new Pictor({ baseUrl: 'http://pictor', maxRetries, fetch: answer }) };
}

async function all(stream: AsyncIterable<ResponseProgress>): Promise<readonly ResponseProgress[]> {
  const seen: ResponseProgress[] = [];
  for await (const event of stream) seen.push(event);
  return seen;
}

test('a stream that breaks is taken up behind its last event, and ends with a response that failed', async () => {
  const { asked, client } = clientOver([
    texts.slice(0, 3).join(''),
    ': working\n\n',
    texts.slice(3).join(''),
  ]);
  const seen = await all(client.responses.stream({ model: 'm', input: 'Hello' }));
  expect(asked).toEqual([
    'POST http://pictor/v1/responses',
    'GET http://pictor/v1/responses/resp_1?stream=true&starting_after=2',
    'GET http://pictor/v1/responses/resp_1?stream=true&starting_after=2',
  ]);
  expect(seen.filter(({ type }) => type !== 'waiting')).toEqual([
    { type: 'started', response, sequence: 0 },
    { type: 'text', index: 0, itemId: 'msg_1', delta: 'Hel', isRefusal: false, sequence: 2 },
    { type: 'text', index: 0, itemId: 'msg_1', delta: 'lo', isRefusal: true, sequence: 3 },
    { type: 'ended', response: failed, sequence: 4 },
  ]);
});

test('a stream that stays broken, or tells of an error, throws', async () => {
  const broken = clientOver(['', ''], 1);
  await expect(all(broken.client.responses.follow('resp_1', 7))).rejects.toThrow(ConnectionError);
  expect(broken.asked[0]).toBe('GET http://pictor/v1/responses/resp_1?stream=true&starting_after=7');
  const error = { message: 'Down', type: 'server_error', param: null, code: 'upstream_unavailable' };
  const told = clientOver([`data: ${JSON.stringify({ error })}\n\n`]);
  await expect(all(told.client.responses.follow('resp_1'))).rejects.toThrow(UpstreamError);
});
