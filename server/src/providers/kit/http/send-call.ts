import type { BufferPool } from '../../../foundation/index.ts';
import type { Connection } from './open-connection.ts';
import { openBodyReader } from './read-body.ts';
import { type Head, HttpError, openHeadReader } from './read-head.ts';

export type Outgoing = {
  readonly head: Buffer;
  /** Its length stands in the head. */
  readonly body: AsyncIterable<Uint8Array>;
};

export type Incoming = Head & {
  /** Read once; each part is good until the next one is asked for. */
  readonly body: AsyncGenerator<Uint8Array>;
};

/**
 * Sends a request and reads the answer, which may come before all is sent. Rejects where no answer comes: with the
 * failure of the body, else with what the connection says.
 */
export async function sendCall(
  connection: Connection,
  outgoing: Outgoing,
  pool: BufferPool | undefined,
): Promise<Incoming> {
  const sending = sendAll(connection, outgoing);
  const answer = readAnswer(connection, pool);
  // A body that cannot be read ends the call. A connection that takes no more may still bring an answer.
  const broken = sending.then(
    () => new Promise<never>(() => undefined),
    (error: unknown) => (error instanceof SendError ? answer : Promise.reject(error)),
  );
  answer.catch(() => undefined);
  return await Promise.race([answer, broken]);
}

const shortBytes = 16 * 1024;

/** The connection took no more. */
class SendError extends Error {
  override readonly name = 'SendError';
}

async function sendAll(connection: Connection, { head, body }: Outgoing): Promise<void> {
  const send = async (bytes: Uint8Array): Promise<void> => {
    try {
      await connection.send(bytes);
    } catch (cause) {
      throw new SendError('The connection took no more.', { cause });
    }
  };
  // What is short goes with the head: a write costs more than to copy it.
  let first: Buffer | null = head;
  for await (const part of body) {
    const isShort = first !== null && part.byteLength <= shortBytes;
    if (first !== null) await send(isShort ? Buffer.concat([first, part]) : first);
    if (!isShort) await send(part);
    first = null;
  }
  if (first !== null) await send(first);
}

async function readAnswer(connection: Connection, pool: BufferPool | undefined): Promise<Incoming> {
  for (let reader = openHeadReader(); ; ) {
    const bytes = await connection.inbox.next();
    if (bytes === null) throw new HttpError('The connection ended without an answer.');
    let rest = bytes;
    for (;;) {
      const read = reader.feed(rest);
      if (read === null) break;
      rest = rest.subarray(read.end);
      // What is only announced comes before the answer itself.
      if (read.head.status < 200) {
        reader = openHeadReader();
        continue;
      }
      // Nobody may ever read the body, so nothing of it may wait in the pool.
      const begun = pool?.owns(rest) === true ? Buffer.from(rest) : rest;
      pool?.release(bytes);
      return { ...read.head, body: readBody(connection, pool, read.head, begun) };
    }
    pool?.release(bytes);
  }
}

async function* readBody(
  { inbox, close }: Connection,
  pool: BufferPool | undefined,
  head: Head,
  begun: Uint8Array,
): AsyncGenerator<Uint8Array> {
  try {
    const reader = openBodyReader(head);
    yield* reader.feed(begun);
    while (!reader.isDone()) {
      const bytes = await inbox.next();
      if (bytes === null) return reader.end();
      try {
        yield* reader.feed(bytes);
      } finally {
        pool?.release(bytes);
      }
    }
  } finally {
    close();
  }
}
