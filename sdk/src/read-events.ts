/** One event of a stream as it came; a comment, which only says that work goes on, is null. */
type ServerEvent = { readonly id: string | null; readonly data: string } | null;

/** Server-sent events of a body, as they arrive. Throws what reading throws. */
async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const text = decoder.decode(value, { stream: true });
      // Pictures make lines of megabytes: the pieces are put together once, when the end of the event is there.
      if (!text.includes('\n')) {
        rest.push(text);
        continue;
      }
      const parts = `${rest.join('')}${text}`.replaceAll('\r\n', '\n').split('\n\n');
      rest = [parts.pop() ?? ''];
      for (const part of parts) yield toEvent(part);
    }
  } finally {
    // Whoever stops listening needs no more bytes.
    await reader.cancel().catch(() => undefined);
  }
}

function toEvent(text: string): ServerEvent {
  const lines = text.split('\n');
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart());
  if (data.length === 0) return null;
  const id = lines.find((line) => line.startsWith('id:'));
  return { id: id === undefined ? null : id.slice(3).trim(), data: data.join('\n') };
}

/** The line broke, which is no answer. */
export class BrokenStream extends Error {}

/** The events of an answer. Throws `BrokenStream` where the line breaks. */
export async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  if (response.body === null) return;
  const events = readEvents(response.body);
  for (;;) {
    const next = await events.next().catch((cause: unknown) => {
      throw new BrokenStream('The stream broke.', { cause });
    });
    if (next.done === true) return;
    yield next.value;
  }
}
