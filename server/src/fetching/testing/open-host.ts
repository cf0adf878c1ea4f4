import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type TestHost = {
  readonly url: string;
  readonly port: number;
  /** Requests that came, in order. */
  readonly requests: readonly IncomingMessage[];
  readonly close: () => Promise<void>;
};

/** A web server on loopback that answers as a test says. */
export async function openHost(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestHost> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
