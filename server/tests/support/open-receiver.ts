import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export type Received = {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly path: string;
};

export type Receiver = {
  readonly url: string;
  /** For PICTOR_FETCH_ALLOW. */
  readonly host: string;
  readonly received: readonly Received[];
  /** Sets what is done with the next messages. */
  readonly answer: (handle: (response: ServerResponse, count: number) => void) => void;
  readonly close: () => Promise<void>;
};

/** A web server on loopback that keeps every message. It answers 204 until it is told otherwise. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let handle = (response: ServerResponse): void => void response.writeHead(204).end();
  let count = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({
      headers: request.headers,
      text: Buffer.concat(chunks).toString(),
      path: request.url ?? '',
    });
    handle(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    host: `127.0.0.1:${port}`,
    received,
    answer: (next) => {
      count = 0;
      handle = (response) => {
        count += 1;
        next(response, count);
      };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Message = {
  type: string;
  timestamp: string;
  data: {
    id: string;
    object: string;
    status: string;
    images: { id: string; url: string }[];
    error: { code: string; message: string } | null;
    cost: number | null;
  };
};

/** Checks the signature as a receiver would. Throws where it does not fit. */
export function verify(secret: string, message: Received): Message {
  return new Webhook(secret).verify(message.text, message.headers as Record<string, string>) as Message;
}
