import { describe, expect, test } from 'vitest';
import { type JsonPiece, openJsonScanner } from './scan-json.ts';

const isBase64 = (path: readonly string[]): boolean => path.at(-1) === 'b64' && path[0] === 'data';

type Scanned = { readonly pictures: readonly string[]; readonly value: unknown };

/** Feeds a text in parts that end at the given places. */
function scan(text: string | Buffer, ends: readonly number[]): Scanned {
  const bytes = Buffer.from(text as string);
  const scanner = openJsonScanner({ isBase64 });
  const pieces: JsonPiece[] = [];
  let from = 0;
  for (const end of [...ends, bytes.length]) {
    pieces.push(...scanner.feed(bytes.subarray(from, end)));
    from = end;
  }
  return { pictures: gather(pieces), value: JSON.parse(scanner.text()) };
}

/** The bytes between each `start` and its `end`, as hex. */
function gather(pieces: readonly JsonPiece[]): string[] {
  const pictures: string[] = [];
  let open: string | null = null;
  for (const piece of pieces) {
    expect(piece.type === 'start').toBe(open === null);
    if (piece.type === 'start') open = '';
    else if (piece.type === 'base64') open += Buffer.from(piece.text).toString('latin1');
    else {
      pictures.push(toHex(open ?? ''));
      open = null;
    }
  }
  expect(open).toBeNull();
  return pictures;
}

function toHex(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) throw new SyntaxError(`'${base64}' is no clean base64`);
  return bytes.toString('hex');
}

const one = Buffer.from(Array.from({ length: 23 }, (_, index) => index * 11));
const two = Buffer.from(Array.from({ length: 40 }, (_, index) => 255 - index));
const three = Buffer.from('');

const awkward = `\ufeff {
  "created": 1, "b64": "bm90IG1pbmU=", "note": "a \\"quote\\", a \\\\ and { [ ü 🦊 \\u00fc",
  "data" : [ { "b64" :"${one.toString('base64')}" , "url":null }, {"n":[1,{"b64":"eHl6"}],
  "b64":"${two.toString('base64').replaceAll('/', '\\/').replace('+', '\\u002b')}" },
  { "b64": "${three.toString('base64')}"}, { "b64": 7, "b64\\u0020x": "plain" }, "b64", ["b64"] ],
  "usage":{"output_tokens":12,"deep":[[[]],{}]}, "size" : "1x1"
}`;

const expected: Scanned = {
  pictures: [one.toString('hex'), Buffer.from('xyz').toString('hex'), two.toString('hex'), ''],
  value: {
    created: 1,
    b64: 'bm90IG1pbmU=',
    note: 'a "quote", a \\ and { [ ü 🦊 ü',
    data: [
      { b64: '', url: null },
      { n: [1, { b64: '' }], b64: '' },
      { b64: '' },
      { b64: 7, 'b64 x': 'plain' },
      'b64',
      ['b64'],
    ],
    usage: { output_tokens: 12, deep: [[[]], {}] },
    size: '1x1',
  },
};

describe('the scanner', () => {
  test('finds base64 by its place and leaves the rest to a parser', () => {
    expect(scan(awkward, [])).toEqual(expected);
  });

  test('finds the same however the text is split in two', () => {
    const length = Buffer.byteLength(awkward);
    for (let end = 0; end <= length; end += 1) expect(scan(awkward, [end])).toEqual(expected);
  });

  test('finds the same in single bytes, in pairs and in threes', () => {
    const length = Buffer.byteLength(awkward);
    for (const step of [1, 2, 3, 5, 7]) {
      const ends = Array.from({ length: Math.floor(length / step) }, (_, index) => index * step);
      expect(scan(awkward, ends)).toEqual(expected);
    }
  });

  test('hands on base64 before the string has ended', () => {
    const scanner = openJsonScanner({ isBase64 });
    const pieces = scanner.feed(Buffer.from('{"model":"m","data":[{"b64":"AAECAwQF'));
    expect(pieces).toEqual([
      { type: 'start', members: new Map([['model', 'm']]) },
      { type: 'base64', text: Buffer.from('AAECAwQF') },
    ]);
  });

  test.each([
    ['with a word in it', '{"data":[{"b64":"AAEC AwQF"}]}'],
    ['of a length that cannot be', '{"data":[{"b64":"AAECA"}]}'],
    ['with padding in the middle', '{"data":[{"b64":"AA==AAEC"}]}'],
    ['with too much padding', '{"data":[{"b64":"AA==="}]}'],
    ['with letters of other scripts', '{"data":[{"b64":"AAECü"}]}'],
    ['with a wrong escape', '{"data":[{"b64":"AA\\qEC"}]}'],
    ['that is a data URL without an end', `{"data":[{"b64":"data:${'x'.repeat(300)}"}]}`],
    ['that is the beginning of a data URL', '{"data":[{"b64":"dat"}]}'],
  ])('refuses base64 %s, however it is split', (_, text) => {
    for (let end = 0; end <= text.length; end += 1) expect(() => scan(text, [end])).toThrow(SyntaxError);
  });

  test.each([
    ['padding', '{"data":[{"b64":"AAE="}]}', '0001'],
    ['no padding', '{"data":[{"b64":"AAE"}]}', '0001'],
    ['the alphabet of addresses', '{"data":[{"b64":"-_-_"}]}', 'fbffbf'],
    ['line breaks', '{"data":[{"b64":"AA\\r\\nEC\\n"}]}', '000102'],
    ['a data URL', '{"data":[{"b64":"data:image/png;base64,AAEC"}]}', '000102'],
    ['escaped slashes', '{"data":[{"b64":"\\/\\/\\/\\/"}]}', 'ffffff'],
  ])('takes base64 with %s, however it is split', (_, text, hex) => {
    for (let end = 0; end <= text.length; end += 1) expect(scan(text, [end]).pictures).toEqual([hex]);
  });

  test('refuses more text than it was told to hold', () => {
    const scanner = openJsonScanner({ isBase64, maxTextBytes: 10 });
    expect(() => scanner.feed(Buffer.from('{"long":"text"}'))).toThrow(SyntaxError);
  });

  test('does not end what was cut', () => {
    const scanner = openJsonScanner({ isBase64 });
    scanner.feed(Buffer.from('{"data":[{"b64":"AAEC'));
    expect(() => JSON.parse(scanner.text())).toThrow(SyntaxError);
  });
});
