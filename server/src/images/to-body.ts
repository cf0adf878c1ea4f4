import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

/**
 * An answer's body from chunks that are good only until the next one is asked for. That happens when the connection has
 * taken the chunk: a large one is waited for, and a small one copied, as connections take those without a word.
 */
export function toBody(chunks: AsyncGenerator<Uint8Array>, response: ServerResponse): Readable {
  const lentFrom = response.writableHighWaterMark;
  const push = async (body: Readable): Promise<void> => {
    try {
      const { value, done } = await chunks.next();
      if (done === true) body.push(null);
      else body.push(value.byteLength < lentFrom ? Buffer.from(value) : value);
    } catch (error) {
      body.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return new Readable({
    // Nothing is read ahead: the chunk before may still be on its way.
    highWaterMark: 0,
    read() {
      void push(this);
    },
    destroy(error, done) {
      chunks.return(undefined).then(
        () => done(error),
        (failure: unknown) =>
          done(error ?? (failure instanceof Error ? failure : new Error(String(failure)))),
      );
    },
  });
}
