import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decodeBase64 } from './decode-base64.ts';

async function decode(text: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decodeBase64(text, 'image')) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Lines of `width` characters, as encoders of mail write them. */
function wrap(text: string, width: number, lineEnd: string): string {
  return (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => line + lineEnd).join('');
}

// More than one slice, and all three lengths that padding knows.
const large = randomBytes(1_700_000);

describe('base64', () => {
  test.each([0, 1, 2])('less %d bytes comes back as it went in, however it is written', async (less) => {
    const bytes = large.subarray(less);
    const base64 = bytes.toString('base64');
    for (const text of [
      base64,
      `data:image/png;base64,${base64}`,
      `DATA:image/png;charset=utf-8;BASE64,${base64}`,
      bytes.toString('base64url'),
      wrap(base64, 60, '\n'),
      wrap(base64, 76, '\r\n'),
      wrap(base64, 61, ' '),
      `${base64}\n`,
    ]) {
      expect((await decode(text)).equals(bytes)).toBe(true);
    }
  });

  test.each([0, 1, 2, 3])('may be cut anywhere in its padding: %d', async (before) => {
    const text = `${' '.repeat(before)}${'A'.repeat(1024 * 1024 - 4)}AA==`;
    expect((await decode(text)).length).toBe((1024 * 1024 * 3) / 4 - 2);
  });

  test.each([
    ['nothing', ''],
    ['nothing behind the comma', 'data:image/png;base64,'],
    ['no comma', 'data:image/png;base64'],
    ['a data URL of another encoding', 'data:image/png,hello'],
    ['other characters', 'aGVs%bG8='],
    ['text behind its end', 'aGVsbG8=aGVsbG8='],
    ['too much padding', 'aGVsbG8==='],
    ['padding at the end of one slice, and text in the next', `${'A'.repeat(1024 * 1024 - 1)}=AAAA`],
  ])('with %s is refused', async (_title, text) => {
    await expect(decode(text)).rejects.toMatchObject({
      code: 'invalid_base64_image',
      facts: { param: 'image' },
    });
  });
});
