/** One event of the stream behind a run. */
type Event = { readonly data: string };

/** How a stream is told of: what it was about, once that is known. */
export type StreamTeller = {
  /** Called with every event of the stream, in order. */
  readonly onEvent: (event: Readonly<Record<string, unknown>>) => Promise<void>;
  /** The members of the last event of the run; called once the stream has ended. */
  readonly end: () => Promise<Readonly<Record<string, unknown>>>;
};

/**
 * The events of a run: each event of the provider as a chunk, as it is, and behind them one with the request's number
 * and its blueprint. Comments that keep the connection alive are passed on.
 */
export async function* streamRun(
  chunks: AsyncIterable<Uint8Array>,
  teller: StreamTeller,
): AsyncGenerator<Uint8Array> {
  let failed = false;
  for await (const block of readBlocks(chunks)) {
    const event = readEvent(block);
    if (event === null) {
      yield Buffer.from(': working\n\n');
      continue;
    }
    const members = parse(event.data);
    if (members === null) continue;
    await teller.onEvent(members);
    if ('error' in members && members.type === undefined) {
      failed = true;
      yield Buffer.from(`event: error\ndata: ${event.data}\n\n`);
      continue;
    }
    const chunk = `{"request_id":null,"raw_response":${event.data},"prompt_blueprint":null}`;
    yield Buffer.from(`event: run.chunk\ndata: ${chunk}\n\n`);
  }
  const last = await teller.end();
  if (!failed) yield Buffer.from(`event: run.completed\ndata: ${JSON.stringify(last)}\n\n`);
}

async function* readBlocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  for await (const bytes of chunks) {
    const text = decoder.decode(bytes, { stream: true });
    // An event of megabytes comes in many pieces: only where one ends, they are put together.
    parts.push(text);
    if (!text.includes('\n')) continue;
    const blocks = parts.join('').split('\n\n');
    parts = [blocks.pop() ?? ''];
    yield* blocks;
  }
  const rest = parts.join('').trim();
  if (rest !== '') yield rest;
}

/** Null: a comment. */
function readEvent(block: string): Event | null {
  const lines = block.split('\n').filter((line) => line.startsWith('data:'));
  if (lines.length === 0) return null;
  return { data: lines.map((line) => line.slice('data:'.length).trim()).join('') };
}

function parse(data: string): Readonly<Record<string, unknown>> | null {
  if (data === '[DONE]') return null;
  const value: unknown = JSON.parse(data);
  return typeof value === 'object' && value !== null ? { ...value } : null;
}
