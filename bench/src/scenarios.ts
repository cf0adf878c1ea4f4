import { randomBytes } from 'node:crypto';
import { freshBytes, makePicture } from './make-picture.ts';
import type { RawRequest } from './send-request.ts';
import type { Target } from './start-targets.ts';

/** One kind of traffic. */
export type Scenario = {
  readonly name: string;
  readonly kind: 'generation' | 'edit';
  readonly stream: boolean;
  /** Of the JSON answer, about: base64 is a third longer than the picture in it. */
  readonly answerBytes: number;
  readonly callers: number;
};

const answers = [
  { label: '2 kB', bytes: 2_000 },
  { label: '2 MB', bytes: 2_000_000 },
  { label: '16 MB', bytes: 16_000_000 },
] as const;

const editBytes = 10_000_000;

/** Everything that is measured: sizes, forms and numbers of callers, and edits. */
export function listScenarios(): Scenario[] {
  const generations = answers.flatMap(({ label, bytes }) =>
    [false, true].flatMap((stream) =>
      [1, 16, 64].map((callers) => ({
        name: `${label} ${stream ? 'SSE' : 'JSON'}`,
        kind: 'generation' as const,
        stream,
        answerBytes: bytes,
        callers,
      })),
    ),
  );
  const edits = [1, 16, 64].map((callers) => ({
    name: '10 MB edit',
    kind: 'edit' as const,
    stream: false,
    answerBytes: 2_000_000,
    callers,
  }));
  return [...generations, ...edits];
}

/** Bytes of the picture in an answer of so many bytes; a multiple of three, so that its base64 has no padding. */
export function pictureBytesOf(answerBytes: number): number {
  return Math.floor((answerBytes * 3) / 4 / 3) * 3;
}

let requestCount = 0;
let upload: Buffer | undefined;

/** The bytes of one call, different every time. */
export function writeRequest(target: Target, scenario: Pick<Scenario, 'kind' | 'stream'>): RawRequest {
  requestCount += 1;
  const prompt = `A lighthouse on a rock, number ${requestCount}`;
  const path = scenario.kind === 'edit' ? 'edits' : 'generations';
  if (scenario.kind === 'edit') return writeEdit(target, path, prompt);
  const body = Buffer.from(
    JSON.stringify({
      model: 'gpt-image-1',
      prompt,
      ...(scenario.stream ? { stream: true, partial_images: 1 } : {}),
    }),
  );
  return [writeHead(target, path, 'application/json', body.length), body];
}

function writeEdit(target: Target, path: string, prompt: string): RawRequest {
  upload ??= makePicture(editBytes - freshBytes);
  const boundary = 'pictor-bench';
  const field = (name: string, value: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const before = Buffer.from(
    `${field('model', 'gpt-image-1')}${field('prompt', prompt)}--${boundary}\r\ncontent-disposition: form-data; name="image"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`,
  );
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  const byteCount = before.length + upload.length + freshBytes + after.length;
  const head = writeHead(target, path, `multipart/form-data; boundary=${boundary}`, byteCount);
  return [head, before, upload, randomBytes(freshBytes), after];
}

function writeHead(target: Target, path: string, contentType: string, byteCount: number): Buffer {
  const headers = {
    host: `127.0.0.1:${target.port}`,
    authorization: `Bearer ${target.key}`,
    'content-type': contentType,
    'content-length': String(byteCount),
    ...target.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /v1/images/${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
}
