import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as OTLP's JSON has it, as far as the tests read it. */
export type ReceivedSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly status: { readonly code?: number };
};

export type Collector = {
  readonly url: string;
  readonly spans: () => readonly ReceivedSpan[];
  /** Attributes of the service that sent the spans. */
  readonly resource: () => Readonly<Record<string, unknown>>;
  /** Bodies of metrics as they came. */
  readonly metrics: readonly { readonly type: string; readonly header: string; readonly bytes: Buffer }[];
  readonly close: () => Promise<void>;
};

/** Takes what OTLP exporters send over HTTP: spans as JSON, metrics in any form. */
export async function openCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const metrics: { type: string; header: string; bytes: Buffer }[] = [];
  let resource: Readonly<Record<string, unknown>> = {};
  const server = createServer(async (request, response) => {
    const bytes = await readAll(request);
    if (request.url === '/v1/traces') {
      for (const part of JSON.parse(bytes.toString('utf8')).resourceSpans) {
        resource = toRecord(part.resource.attributes);
        for (const scope of part.scopeSpans) spans.push(...scope.spans);
      }
    } else {
      const { 'content-type': type = '', 'x-collector': header = '' } = request.headers;
      metrics.push({ type, header: String(header), bytes });
    }
    response.writeHead(200, { 'content-type': String(request.headers['content-type']) }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans: () => spans,
    resource: () => resource,
    metrics,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Attributes by name, each with its plain value. */
export function toRecord(attributes: ReceivedSpan['attributes']): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

const kinds: readonly string[] = ['', 'internal', 'server', 'client'];

/** One span a line, each below the one that it belongs to, in the order of their beginnings. */
export function drawTree(spans: readonly ReceivedSpan[], parent: string | undefined, depth = 0): string {
  return spans
    .filter((span) => span.parentSpanId === parent)
    .sort((a, b) => (BigInt(a.startTimeUnixNano) < BigInt(b.startTimeUnixNano) ? -1 : 1))
    .map((span) => {
      const name = `${'  '.repeat(depth)}${span.name}`;
      return `${name.padEnd(44)}${kinds[span.kind]}\n${drawTree(spans, span.spanId, depth + 1)}`;
    })
    .join('');
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
