import { expect, test } from 'vitest';
import { type EventPiece, openEventScanner } from './scan-events.ts';

const isBase64 = (path: readonly string[]): boolean => path.length === 1 && path[0] === 'b64';

type Told = { readonly name: string | undefined; readonly data: unknown; readonly hex: string };

function scan(text: string, ends: readonly number[]): Told[] {
  const bytes = Buffer.from(text);
  const scanner = openEventScanner({ isBase64 });
  const pieces: EventPiece[] = [];
  let from = 0;
  for (const end of [...ends, bytes.length]) {
    pieces.push(...scanner.feed(bytes.subarray(from, end)));
    from = end;
  }
  pieces.push(...scanner.end());
  const told: Told[] = [];
  let base64 = '';
  for (const piece of pieces) {
    if (piece.type === 'base64') base64 += Buffer.from(piece.text).toString('latin1');
    if (piece.type !== 'event') continue;
    told.push({
      name: piece.eventName,
      data: piece.data,
      hex: Buffer.from(base64, 'base64').toString('hex'),
    });
    base64 = '';
  }
  return told;
}

const text = [
  ': a comment: with colons\n\n',
  'event: one\ndata: {"b64":"AAECAwQ=","note":"ü: data:"}\n\n',
  'id: 5\r\nevent:two\r\ndata:{"list":[1,\r\ndata: 2]}\r\n\r\n',
  'retry: 10\n\ndata\n\n',
  'data: {"b64":"AAEC"}\r\r',
  'event: lost\n\n',
  'data: [DONE]\n\n',
  'event: last\ndata: {"end":true}',
].join('');

const expected: readonly Told[] = [
  { name: 'one', data: { b64: '', note: 'ü: data:' }, hex: '0001020304' },
  { name: 'two', data: { list: [1, 2] }, hex: '' },
  { name: undefined, data: { b64: '' }, hex: '000102' },
  { name: undefined, data: null, hex: '' },
  { name: 'last', data: { end: true }, hex: '' },
];

test('reads events by the rules of the format', () => {
  expect(scan(text, [])).toEqual(expected);
});

test('reads the same however the text is split', () => {
  const length = Buffer.byteLength(text);
  for (let end = 0; end <= length; end += 1) expect(scan(text, [end])).toEqual(expected);
  for (const step of [1, 2, 3]) {
    const ends = Array.from({ length: Math.floor(length / step) }, (_, index) => index * step);
    expect(scan(text, ends)).toEqual(expected);
  }
});

test('refuses data that is no JSON, and lines without an end', () => {
  expect(() => scan('data: {"cut\n\n', [])).toThrow(SyntaxError);
  expect(() => scan(`event: ${'x'.repeat(100_000)}`, [])).toThrow(SyntaxError);
});
