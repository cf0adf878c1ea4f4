// The wire as in "OpenAI API reference, 2026-11": npm openai 7.55.0 of 2026-11-10, resources/images.d.ts, and the
// image generation guide. Where a request breaks its rules, it answers as the vendor is documented to.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { drawPicture } from './draw-picture.ts';
import { checkOpenAiRequest, type Refusal } from './openai-rules.ts';
import { type ReadRequest, readUpstreamRequest, type SentFile } from './read-upstream-request.ts';

/** What the upstream does with one request, in place of answering it well. */
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

/** One request as it came. */
export type UpstreamCall = {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Members of the JSON, or texts of the form in order; a repeated name is there repeatedly. */
  readonly fields: readonly (readonly [string, unknown])[];
  readonly files: readonly SentFile[];
  /** The pictures that were answered, in order. */
  readonly pictures: Buffer[];
};

export type OpenAiUpstream = {
  /** Ends in /v1. */
  readonly baseUrl: string;
  /** Every request so far, refused ones as well. */
  readonly calls: readonly UpstreamCall[];
  /** What to do with the next request; further calls queue up. */
  readonly next: (behaviour: Behaviour) => void;
  readonly close: () => Promise<void>;
};

export const upstreamKey = 'sk-upstream-0123456789abcdef';

/** Starts the upstream on a free port of this machine. */
export async function openOpenAiUpstream(): Promise<OpenAiUpstream> {
  const calls: UpstreamCall[] = [];
  const behaviours: Behaviour[] = [];
  const server = createServer((request, response) => {
    // A connection that the client gave up is no fault of the upstream.
    void answer(request, response, behaviours.shift() ?? {}, calls).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    calls,
    next: (behaviour) => {
      behaviours.push(behaviour);
    },
    close: () => closeServer(server),
  };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  behaviour: Behaviour,
  calls: UpstreamCall[],
): Promise<void> {
  const read = await readUpstreamRequest(request);
  const { path, headers, fields, files } = read;
  const call: UpstreamCall = { path, headers, fields, files, pictures: [] };
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
  const { instead } = behaviour;
  if (instead !== undefined) {
    const isText = typeof instead.body === 'string' || Buffer.isBuffer(instead.body);
    const body = isText ? Buffer.from(instead.body as string) : Buffer.from(JSON.stringify(instead.body));
    await send(response, instead.status ?? 200, instead.headers ?? {}, body, behaviour);
    return;
  }
  const refusal = checkOpenAiRequest(read, upstreamKey);
  if (refusal !== null) {
    await send(response, refusal.status, {}, Buffer.from(JSON.stringify(toEnvelope(refusal))), behaviour);
    return;
  }
  const asked = new Map(fields);
  const streams = String(asked.get('stream')) === 'true';
  const body = streams
    ? await writeEvents(read, asked, call, behaviour)
    : await writeReply(read, asked, call, behaviour);
  const contentType = streams ? 'text/event-stream; charset=utf-8' : 'application/json';
  await send(response, 200, { 'content-type': contentType }, body, behaviour);
}

function toEnvelope({ message, param, code, type }: Refusal): Record<string, unknown> {
  return { error: { message, type: type ?? 'invalid_request_error', param: param ?? null, code } };
}

type Asked = ReadonlyMap<string, unknown>;

/** What the model did with what was asked; nobody is asked for `auto` twice. */
function applied(asked: Asked): { size: string; quality: string; background: string; output_format: string } {
  const or = (name: string, fallback: string): string => {
    const value = asked.get(name);
    return typeof value === 'string' && value !== 'auto' ? value : fallback;
  };
  return {
    size: or('size', '1024x1024'),
    quality: or('quality', 'medium'),
    background: or('background', 'opaque'),
    output_format: or('output_format', 'png'),
  };
}

async function draw(asked: Asked, call: UpstreamCall): Promise<Buffer> {
  const picture = await drawPicture(applied(asked));
  call.pictures.push(picture);
  return picture;
}

function isDallE(asked: Asked): boolean {
  return String(asked.get('model')).startsWith('dall-e');
}

/** Every image is 200 tokens and every preview 100; text is a token for four characters, a picture 50. */
function usageOf(read: Pick<ReadRequest, 'files'>, asked: Asked, images: number, previews: number) {
  const textTokens = Math.ceil(String(asked.get('prompt')).length / 4);
  const imageTokens = read.files.length * 50;
  const outputTokens = images * 200 + previews * 100;
  return {
    input_tokens: textTokens + imageTokens,
    input_tokens_details: { text_tokens: textTokens, image_tokens: imageTokens },
    output_tokens: outputTokens,
    // The first generation tells these details, newer models often do not.
    ...(String(asked.get('model')).startsWith('gpt-image-1')
      ? { output_tokens_details: { image_tokens: outputTokens, text_tokens: 0 } }
      : {}),
    total_tokens: textTokens + imageTokens + outputTokens,
  };
}

async function writeReply(
  read: ReadRequest,
  asked: Asked,
  call: UpstreamCall,
  behaviour: Behaviour,
): Promise<Buffer> {
  const n = Number(asked.get('n') ?? 1);
  const data: Record<string, unknown>[] = [];
  for (let index = 0; index < n; index += 1) {
    const b64_json = (await draw(asked, call)).toString('base64');
    data.push(isDallE(asked) ? { revised_prompt: `revised ${index}`, b64_json } : { b64_json });
  }
  const { background, ...rest } = applied(asked);
  const reply = isDallE(asked)
    ? { created: 1_795_000_000, data }
    : { created: 1_795_000_000, background, data, ...rest, usage: usageOf(read, asked, n, 0) };
  return Buffer.from(JSON.stringify(behaviour.change?.(reply) ?? reply));
}

/** Previews and images in the order of the reference: the bytes stand before what is said of them. */
async function writeEvents(
  read: ReadRequest,
  asked: Asked,
  call: UpstreamCall,
  behaviour: Behaviour,
): Promise<Buffer> {
  const prefix = read.path.endsWith('/edits') ? 'image_edit' : 'image_generation';
  const previews = Number(asked.get('partial_images') ?? 0);
  const events: string[] = [];
  const tell = (data: Record<string, unknown>): void => {
    const name = behaviour.withoutEventNames === true ? '' : `event: ${data.type}\n`;
    events.push(`${name}data: ${JSON.stringify(behaviour.change?.(data) ?? data)}\n\n`);
  };
  for (let image = 0; image < Number(asked.get('n') ?? 1); image += 1) {
    for (let preview = 0; preview < previews; preview += 1) {
      tell({
        type: `${prefix}.partial_image`,
        b64_json: (await draw(asked, call)).toString('base64'),
        created_at: 1_795_000_000,
        ...applied(asked),
        partial_image_index: preview,
      });
    }
    tell({
      type: `${prefix}.completed`,
      b64_json: (await draw(asked, call)).toString('base64'),
      created_at: 1_795_000_000,
      ...applied(asked),
      usage: usageOf(read, asked, 1, previews),
    });
  }
  return Buffer.from(events.join('') + (behaviour.closing ?? ''));
}

async function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  behaviour: Behaviour,
): Promise<void> {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-request-id': 'req_upstream_1',
    'openai-processing-ms': '1234',
    'openai-organization': 'org-of-the-operator',
    'x-ratelimit-limit-images': '50',
    'x-ratelimit-remaining-images': '49',
    ...headers,
    ...behaviour.headers,
  });
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
