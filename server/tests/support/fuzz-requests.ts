import type { Draft, FuzzMaterial } from './fuzz-draft.ts';
import { makeForm } from './fuzz-forms.ts';
import { openRandom, type Random } from './fuzz-random.ts';
import type { FuzzRequest } from './fuzz-send.ts';
import { hostileTarget } from './fuzz-targets.ts';
import { hostileJson, hostileNames, hostileTexts } from './fuzz-values.ts';

const jsonPaths = [
  '/v1/images/generations',
  '/v1/images',
  '/v1/images/edits',
  '/v1/images/variations',
] as const;

/** One request of the series: the same seed and index always give the same one, so that it can be tried by itself. */
export function makeRequest(seed: number, index: number, material: FuzzMaterial): FuzzRequest {
  const random = openRandom(seed, index);
  const lot = random.whole(100);
  if (lot < 5) return { index, label: 'no HTTP', method: '', bytes: noHttp(random), hangsUp: true };
  const draft =
    lot < 50
      ? jsonDraft(random, material)
      : lot < 75
        ? makeForm(random, material)
        : lot < 95
          ? hostileTarget(random, material)
          : sessionDraft(random, material);
  return toBytes(random, index, withHeaders(random, draft), material);
}

/** A body that would do, with up to two members spoilt: what is let through reaches furthest. */
function jsonDraft(random: Random, material: FuzzMaterial): Draft {
  const target = random.pick(jsonPaths);
  const members = new Map<string, string>(Object.entries(soundBody(random, target, material)));
  const done: string[] = [];
  for (let count = random.whole(3); count > 0; count -= 1) done.push(spoilMember(random, members));
  // Without a size a picture has a million pixels, which this test need not wait for.
  if (!members.has('size')) members.set('size', '"64x64"');
  const text = `{${[...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
  const body = random.chance(15) ? spoilText(random, text, done) : Buffer.from(text);
  return {
    method: 'POST',
    target,
    headers: [['content-type', 'application/json']],
    body,
    label: done.join(', '),
  };
}

function soundBody(random: Random, target: string, material: FuzzMaterial): Record<string, string> {
  const body = { model: '"sketch-1"', prompt: '"a small boat"', size: '"64x64"', n: '1' };
  if (target !== '/v1/images/edits' && target !== '/v1/images/variations') return body;
  const file = random.chance(60) ? random.pick(material.sound) : random.pick(material.hostile);
  const address = `"data:image/png;base64,${file.bytes.toString('base64')}"`;
  switch (random.whole(4)) {
    case 0:
      return { ...body, image: address };
    case 1:
      return { ...body, image: `[${address},${address}]` };
    case 2:
      return { ...body, images: `[{"image_url":${address}}]`, mask: `{"image_url":${address}}` };
    default:
      return { ...body, images: `[{"file_id":${JSON.stringify(material.fileId)}}]` };
  }
}

function spoilMember(random: Random, members: Map<string, string>): string {
  const names = [
    ...members.keys(),
    'user',
    'seed',
    'quality',
    'background',
    'output_format',
    'stream',
  ] as const;
  const name = random.pick(names as unknown as readonly [string, ...string[]]);
  switch (random.whole(4)) {
    case 0:
      members.delete(name);
      return `without ${name}`;
    case 1: {
      const stranger = random.pick(hostileNames);
      members.set(stranger, hostileJson(random));
      return `with ${stranger.slice(0, 20)}`;
    }
    default:
      members.set(name, hostileJson(random));
      return `${name} spoilt`;
  }
}

/** The same JSON, damaged as bytes. */
function spoilText(random: Random, text: string, done: string[]): Buffer {
  const bytes = Buffer.from(text);
  const way = random.whole(8);
  done.push(`text spoilt in way ${way}`);
  switch (way) {
    case 0:
      return bytes.subarray(0, random.whole(bytes.length));
    case 1:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    case 2:
      return Buffer.from(text, 'utf16le');
    case 3:
      return Buffer.concat([
        bytes.subarray(0, 20),
        Buffer.from([0xc0, 0xaf, 0xff, 0xed, 0xa0, 0x80]),
        bytes.subarray(20),
      ]);
    case 4:
      return Buffer.from(`${text}${text}`);
    case 5:
      return Buffer.from(text.replace('{', '{"n":1,"n":2,"prompt":"twice",'));
    case 6:
      return random.bytes(200);
    default: {
      const copy = Buffer.from(bytes);
      for (let count = 0; count < 5; count += 1) copy[random.whole(copy.length)] = random.whole(256);
      return copy;
    }
  }
}

function sessionDraft(random: Random, material: FuzzMaterial): Draft {
  const method = random.pick(['GET', 'POST', 'POST', 'DELETE', 'PUT', 'HEAD']);
  const key = random.chance(20) ? JSON.stringify(material.key) : hostileJson(random);
  const body = method === 'POST' || random.chance(20) ? Buffer.from(`{"key":${key}}`) : Buffer.alloc(0);
  const cookie = `pictor_session=${random.pick(hostileTexts).slice(0, 3000)}`;
  return {
    method,
    target: '/api/session',
    headers: [
      ['content-type', 'application/json'],
      ...(random.chance(50) ? [['cookie', printable(cookie)] as const] : []),
    ],
    body,
    label: 'session',
  };
}

/** Headers that nobody should send, on a request that is otherwise what it was. */
function withHeaders(random: Random, draft: Draft): Draft {
  if (!random.chance(30)) return draft;
  const text = printable(random.pick(hostileTexts)).slice(0, 3_000);
  const header = random.pick<readonly [string, string]>([
    ['idempotency-key', 'k'.repeat(random.pick([255, 256, 10_000]))],
    ['idempotency-key', random.pick(['', '  ', 'same', 'same', '\xff\xfe', text])],
    [
      'prefer',
      random.pick(['respond-async', 'wait=1', 'wait=99999', 'wait=-1', 'respond-async; wait', text]),
    ],
    [
      'range',
      random.pick([
        'bytes=0-',
        'bytes=-0',
        'bytes=9-1',
        'bytes=99999999999999999999-',
        'bytes=0-0,5-6',
        text,
      ]),
    ],
    ['if-none-match', random.pick(['*', '"a", "b"', 'W/"a"', text])],
    ['if-range', text],
    ['x-pictor-parameters', random.pick(['strict', 'lenient', 'default', 'Strict', text])],
    ['x-pictor-extensions', random.pick(['off', 'on', text])],
    ['x-pictor-twins', random.pick(['off', text])],
    ['x-pictor-keepalive', random.pick(['body', text])],
    ['last-event-id', random.pick(['0', '-1', '99999999999999999999', '1e3', text])],
    ['accept', random.pick(['text/event-stream', 'image/png', text])],
    ['accept-encoding', random.pick(['br', 'gzip;q=0', text])],
    ['content-encoding', random.pick(['gzip', 'br', text])],
    [
      'content-type',
      random.pick(['application/json; charset=utf-16', 'text/plain', 'multipart/form-data', ';', text]),
    ],
    [
      'content-type',
      random.pick(['multipart/form-data; boundary=', `multipart/form-data; boundary=${'b'.repeat(300)}`]),
    ],
    ['authorization', random.pick(['Bearer', 'Bearer  ', 'Basic OjA=', 'bearer nobody', text])],
    ['x-api-key', text],
    ['cookie', `pictor_session=${text}; pictor_session=; ;;=`],
    ['host', random.pick(['evil.example', '[::1', 'a b', '', '127.0.0.1:99999999', text])],
    ['origin', random.pick(['null', 'http://evil.example', 'http://127.0.0.1', text])],
    ['sec-fetch-site', random.pick(['cross-site', text])],
    ['expect', random.pick(['100-continue', '200-maybe'])],
    ['upgrade', random.pick(['websocket', 'h2c'])],
    ['x-forwarded-host', text],
    ['x-http-method-override', 'DELETE'],
    ['x-request-id', text],
  ]);
  return {
    ...draft,
    headers: [...draft.headers.filter(([name]) => name !== header[0] || random.chance(20)), header],
    label: `${draft.label}; ${header[0]}: ${header[1].slice(0, 40)}`,
  };
}

/** What can stand in a header line: others would only be refused by the parser, which `noHttp` tries. */
function printable(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?');
}

function toBytes(random: Random, index: number, draft: Draft, material: FuzzMaterial): FuzzRequest {
  const named = new Set(draft.headers.map(([name]) => name));
  const wrong = draft.body.length > 0 && random.chance(8) ? random.whole(6) : -1;
  const length =
    wrong === 0 ? draft.body.length + 1000 : wrong === 1 ? draft.body.length >> 1 : draft.body.length;
  const framing =
    wrong === 2
      ? ['transfer-encoding: chunked']
      : wrong === 3
        ? ['content-length: nine']
        : wrong === 4
          ? [`content-length: ${length}`, 'content-length: 1']
          : draft.body.length > 0 || draft.method === 'POST'
            ? [`content-length: ${length}`]
            : [];
  const lines = [
    `${draft.method} ${draft.target} HTTP/1.1`,
    ...(named.has('host') ? [] : ['host: 127.0.0.1']),
    ...(named.has('authorization') || random.chance(3) ? [] : [`authorization: Bearer ${material.key}`]),
    'connection: close',
    ...draft.headers.map(([name, value]) => `${name}: ${value}`),
    ...framing,
  ];
  const body = wrong === 5 ? draft.body.subarray(0, draft.body.length >> 1) : draft.body;
  return {
    index,
    label: `${draft.label}${wrong === -1 ? '' : `; framing ${wrong}`}`,
    method: draft.method,
    bytes: Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]),
    hangsUp: wrong === 0 || wrong === 2 || wrong === 5,
  };
}

/** Bytes that a web server meets in the open: other protocols, broken lines, attempts to smuggle. */
function noHttp(random: Random): Buffer {
  const known = [
    '',
    '\r\n\r\n',
    'GET\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET /healthz HTTP/1.0\r\n\r\n',
    'GET / HTTP/1.1\r\nhost 127.0.0.1\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nbad header: 1\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx: a\0b\r\n\r\n',
    `GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`,
    `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`,
    `GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n${'x: 1\r\n'.repeat(3_000)}\r\n`,
    'BREW / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n',
    'GET http://evil.example/ HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n',
    'POST /v1/images/generations HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: -1\r\n\r\n',
    'POST /v1/images/generations HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /v1/images/generations HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n',
    'POST /v1/files HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
    'GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\nGET /healthz HTTP/1.1\r\nno host\r\n\r\n',
    '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03',
    'SSH-2.0-OpenSSH_9.9\r\n',
    '{"prompt":"a cat"}',
  ] as const;
  return random.chance(25) ? random.bytes(1 + random.whole(500)) : Buffer.from(random.pick(known), 'latin1');
}
