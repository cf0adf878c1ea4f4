import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { freshBytes, makePicture } from './make-picture.ts';

/** What the upstream answers from now on; sent by the benchmark as a message, and sent back once it holds. */
export type Answering = {
  /** Bytes of the picture, before base64. */
  readonly pictureBytes: number;
  readonly stream: boolean;
  /** Above 0: the body comes in so many parts with as many pauses, as from a slow network. */
  readonly parts: number;
  readonly pauseMs: number;
};

type Body = readonly [head: Buffer, fresh: () => Buffer, tail: Buffer];

const members = '"background":"opaque","output_format":"png","quality":"low","size":"1024x1024"';
const usage =
  '"usage":{"input_tokens":20,"input_tokens_details":{"image_tokens":0,"text_tokens":20},"output_tokens":272,"total_tokens":292,"output_tokens_details":{"image_tokens":272,"text_tokens":0}}';

const pictures = new Map<number, string>();

/** The base64 of a picture without its last, fresh bytes. */
function base64Of(pictureBytes: number): string {
  const known = pictures.get(pictureBytes) ?? makePicture(pictureBytes - freshBytes).toString('base64');
  pictures.set(pictureBytes, known);
  return known;
}

function toBody({ pictureBytes, stream }: Answering): Body {
  const fresh = (): Buffer => Buffer.from(randomBytes(freshBytes).toString('base64'));
  const base64 = base64Of(pictureBytes);
  if (!stream) {
    const head = Buffer.from(`{"created":1763712000,"background":"opaque","data":[{"b64_json":"${base64}`);
    return [head, fresh, Buffer.from(`"}],${members.replace('"background":"opaque",', '')},${usage}}`)];
  }
  const preview = `event: image_generation.partial_image\ndata: {"type":"image_generation.partial_image","partial_image_index":0,"created_at":1763712000,${members},"b64_json":"${base64Of(1536)}AAAA"}\n\n`;
  const head = `event: image_generation.completed\ndata: {"type":"image_generation.completed","created_at":1763712000,${members},"b64_json":"${base64}`;
  return [Buffer.from(preview + head), fresh, Buffer.from(`",${usage}}\n\n`)];
}

async function answer(response: ServerResponse, answering: Answering, body: Body): Promise<void> {
  const [head, fresh, tail] = body;
  const middle = fresh();
  response.writeHead(200, {
    'content-type': answering.stream ? 'text/event-stream; charset=utf-8' : 'application/json',
    'x-request-id': 'req_upstream',
    ...(answering.stream ? {} : { 'content-length': head.length + middle.length + tail.length }),
  });
  const partBytes = Math.ceil(head.length / Math.max(1, answering.parts));
  for (let at = 0; at < head.length; at += partBytes) {
    if (at > 0) await wait(answering.pauseMs);
    response.write(head.subarray(at, at + partBytes));
  }
  response.write(middle);
  response.end(tail);
}

let answering: Answering = { pictureBytes: 1536, stream: false, parts: 1, pauseMs: 0 };
let body = toBody(answering);

const server = createServer((request, response) => {
  // Read to its end, as a service does, and thrown away.
  request.resume();
  request.on('end', () => void answer(response, answering, body));
});
server.keepAliveTimeout = 600_000;

process.on('message', (message: Answering) => {
  answering = message;
  body = toBody(message);
  process.send?.(message);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
