import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

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

/** An answer as it goes out when nothing misbehaves. */
export type Written = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type Served<Call> = {
  /** `http://127.0.0.1:…` */
  readonly origin: string;
  /** Every request so far, refused ones as well. */
  readonly calls: readonly Call[];
  /** What to do with the next request; further calls queue up. */
  readonly next: (behaviour: Behaviour) => void;
  readonly close: () => Promise<void>;
};

export type Service<Call> = {
  /** Reads a request whole. */
  readonly read: (request: IncomingMessage) => Promise<Call>;
  /** The answer to it: the work done, or a refusal. */
  readonly answer: (call: Call, behaviour: Behaviour) => Promise<Written>;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
};

/** Serves on a free port of this machine, and misbehaves where it is told to. */
export async function serveUpstream<Call>(service: Service<Call>): Promise<Served<Call>> {
  const calls: Call[] = [];
  const behaviours: Behaviour[] = [];
  const server = createServer((request, response) => {
    // A connection that the client gave up is no fault of the upstream.
    void handle(service, calls, request, response, behaviours.shift() ?? {}).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    calls,
    next: (behaviour) => {
      behaviours.push(behaviour);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function handle<Call>(
  service: Service<Call>,
  calls: Call[],
  request: IncomingMessage,
  response: ServerResponse,
  behaviour: Behaviour,
): Promise<void> {
  const call = await service.read(request);
  calls.push(call);
  if (behaviour.headersAfterMs !== undefined) await wait(behaviour.headersAfterMs);
  if (behaviour.resets === true) {
    request.socket.resetAndDestroy();
    return;
  }
  if (behaviour.cutAfterBytes === 0) {
    response.destroy();
    return;
  }
  const written = writeInstead(behaviour) ?? (await service.answer(call, behaviour));
  await send(
    response,
    {
      ...written,
      headers: {
        'content-type': 'application/json',
        ...service.headers,
        ...written.headers,
        ...behaviour.headers,
      },
    },
    behaviour,
  );
}

function writeInstead({ instead }: Behaviour): Written | null {
  if (instead === undefined) return null;
  const isText = typeof instead.body === 'string' || Buffer.isBuffer(instead.body);
  const body = isText ? Buffer.from(instead.body as string) : Buffer.from(JSON.stringify(instead.body));
  return { status: instead.status ?? 200, headers: instead.headers ?? {}, body };
}

async function send(
  response: ServerResponse,
  { status, headers, body }: Written,
  behaviour: Behaviour,
): Promise<void> {
  response.writeHead(status, headers);
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
