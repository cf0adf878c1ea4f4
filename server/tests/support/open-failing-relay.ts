import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type FailingRelay = {
  readonly url: string;
  /** The next calls of this path reach the server, and their answers are lost on the way back. */
  readonly loseNext: (path: string, times?: number) => void;
  /** Paths of all calls, in order. */
  readonly calls: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** An HTTP proxy that answers 502 in place of some answers, after the server has done what was asked. */
export async function openFailingRelay(target: string): Promise<FailingRelay> {
  const losing = new Map<string, number>();
  const calls: string[] = [];
  const relay = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    calls.push(path);
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { 'content-length': _length, connection: _connection, ...headers } = request.headers;
    const answer = await fetch(`${target}${path}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(request.method === 'GET' ? {} : { body: Buffer.concat(pieces) }),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    const left = losing.get(path) ?? 0;
    losing.set(path, left - 1);
    if (left > 0) return void response.writeHead(502).end('lost');
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(body);
  };
  const server = createServer((request, response) => void relay(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    loseNext: (path, times = 1) => void losing.set(path, times),
    calls: () => calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
