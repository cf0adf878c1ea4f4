import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type ReadRequest, readUpstreamRequest, type SentFile } from './read-upstream-request.ts';

/** What an upstream does with one request, in place of answering it well. */
export type Behaviour = {
  /** Answers with this instead: an error, garbage, another shape. */
  readonly instead?: {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** Objects are written as JSON. */
    readonly body: string | Buffer | Readonly<Record<string, unknown>>;
  };
  /** Changes the members of a good JSON reply, or of each event's data. */
  readonly change?: (reply: Record<string, unknown>) => Record<string, unknown>;
  /** Headers beside, or in place of, the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly headersAfterMs?: number;
  /** Between the headers, which leave at once, and the body. */
  readonly bodyAfterMs?: number;
  /** Answers only when this has settled. */
  readonly after?: Promise<unknown>;
  /** The body in so many bytes at a time. */
  readonly chunkBytes?: number;
  readonly pauseMs?: number;
  /** Cuts the connection behind so many bytes of the body; 0: in place of any answer. */
  readonly cutAfterBytes?: number;
  /** Resets the connection in place of any answer. */
  readonly resets?: boolean;
  /** Text behind the last event. */
  readonly closing?: string;
  /** Leaves out the `event:` lines. */
  readonly withoutEventNames?: boolean;
};

/** One request as it came. */
export type UpstreamCall = {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Members of the JSON, or texts of the form in order; a repeated name is there repeatedly. */
  readonly fields: readonly (readonly [string, unknown])[];
  readonly files: readonly SentFile[];
  /** Of `files`, in their order. */
  readonly fileBytes: readonly Buffer[];
  /** The pictures that were answered, in order. */
  readonly pictures: Buffer[];
};

/** An answer as it goes out when nothing misbehaves. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export function jsonAnswer(status: number, value: unknown): Answer {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: Buffer.from(JSON.stringify(value)) };
}

export type ServedUpstream = {
  /** `http://127.0.0.1:…` */
  readonly origin: string;
  /** Every request so far, refused ones as well. */
  readonly calls: readonly UpstreamCall[];
  /** How many requests it had at the same time, at most. */
  readonly mostAtOnce: () => number;
  /** What to do with the next request; further calls queue up. */
  readonly next: (behaviour: Behaviour) => void;
  readonly close: () => Promise<void>;
};

/** Does the work of a request, or refuses it. Pictures that it makes are noted in `call`. */
export type Work = (read: ReadRequest, call: UpstreamCall, behaviour: Behaviour) => Promise<Answer>;

/** Serves on a free port of this machine, and misbehaves where it is told to. `headers` go with every answer. */
export async function serveUpstream(
  work: Work,
  headers: Readonly<Record<string, string>> = {},
): Promise<ServedUpstream> {
  const calls: UpstreamCall[] = [];
  const behaviours: Behaviour[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const server = createServer((request, response) => {
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    const handled = handle({ work, headers, calls }, request, response, behaviours.shift() ?? {});
    // A connection that the client gave up is no fault of the upstream.
    void handled
      .catch(() => response.destroy())
      .finally(() => {
        atOnce -= 1;
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    calls,
    mostAtOnce: () => mostAtOnce,
    next: (behaviour) => {
      behaviours.push(behaviour);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Service = {
  readonly work: Work;
  readonly headers: Readonly<Record<string, string>>;
  readonly calls: UpstreamCall[];
};

async function handle(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
  behaviour: Behaviour,
): Promise<void> {
  const read = await readUpstreamRequest(request);
  const { method, path, headers, fields, files, fileBytes } = read;
  const call: UpstreamCall = { method, path, headers, fields, files, fileBytes, pictures: [] };
  service.calls.push(call);
  if (behaviour.headersAfterMs !== undefined) await wait(behaviour.headersAfterMs);
  await behaviour.after;
  if (behaviour.resets === true) {
    request.socket.resetAndDestroy();
    return;
  }
  if (behaviour.cutAfterBytes === 0) {
    response.destroy();
    return;
  }
  const answer = writeInstead(behaviour) ?? (await service.work(read, call, behaviour));
  const usual = { 'content-type': 'application/json', ...service.headers };
  await send(
    response,
    { ...answer, headers: { ...usual, ...answer.headers, ...behaviour.headers } },
    behaviour,
  );
}

function writeInstead({ instead }: Behaviour): Answer | null {
  if (instead === undefined) return null;
  const isText = typeof instead.body === 'string' || Buffer.isBuffer(instead.body);
  const body = isText ? Buffer.from(instead.body as string) : Buffer.from(JSON.stringify(instead.body));
  return { status: instead.status ?? 200, headers: instead.headers ?? {}, body };
}

async function send(
  response: ServerResponse,
  { status, headers, body }: Answer,
  behaviour: Behaviour,
): Promise<void> {
  response.writeHead(status, headers);
  if (behaviour.bodyAfterMs !== undefined) {
    response.flushHeaders();
    await wait(behaviour.bodyAfterMs);
  }
  const cut = behaviour.cutAfterBytes ?? body.length;
  const chunkBytes = behaviour.chunkBytes ?? 64 * 1024;
  for (let offset = 0; offset < cut; offset += chunkBytes) {
    response.write(body.subarray(offset, Math.min(offset + chunkBytes, cut)));
    while (response.writableNeedDrain && !response.destroyed) await wait(1);
    if (response.destroyed) return;
    if (behaviour.pauseMs !== undefined) await wait(behaviour.pauseMs);
  }
  if (cut < body.length) {
    // What was written is on its way before the connection ends.
    await wait(20);
    response.destroy();
    return;
  }
  response.end();
}
