import { expect, test } from 'vitest';
import { showPicture } from './show-picture.ts';
import { openTerminal } from './terminal.ts';
import { formatUsd, writeTable } from './write-table.ts';

const quiet = { write: () => true };

function protocolIn(environment: Readonly<Record<string, string>>, isTTY = true): string | null {
  return openTerminal({ stdout: { ...quiet, isTTY }, stderr: quiet, environment }).pictures;
}

test('pictures are shown only where the terminal says that it can', () => {
  expect(protocolIn({ TERM_PROGRAM: 'iTerm.app' })).toBe('iterm');
  expect(protocolIn({ TERM: 'xterm-kitty' })).toBe('kitty');
  expect(protocolIn({ TERM: 'xterm-256color' })).toBeNull();
  expect(protocolIn({ TERM: 'xterm-kitty', TMUX: '/tmp/tmux-0' })).toBeNull();
  expect(protocolIn({ TERM: 'xterm-kitty' }, false)).toBeNull();
});

test("iTerm's sequence holds the whole picture, kitty's comes in pieces, and takes PNG only", () => {
  const png = Uint8Array.from({ length: 5000 }, (_, index) => (index === 0 ? 0x89 : index % 256));
  const base64 = Buffer.from(png).toString('base64');
  expect(showPicture(png, 'iterm')).toBe(
    `\u001b]1337;File=inline=1;size=5000;height=20;preserveAspectRatio=1:${base64}\u0007\n`,
  );
  const pieces = showPicture(png, 'kitty')?.trimEnd().split('\u001b\\').slice(0, -1) ?? [];
  expect(pieces.map((piece) => piece.split(';')[0])).toEqual(['\u001b_Ga=T,f=100,r=20,m=1', '\u001b_Gm=0']);
  expect(pieces.map((piece) => piece.split(';')[1]).join('')).toBe(base64);
  expect(showPicture(Uint8Array.from([0xff, 0xd8]), 'kitty')).toBeNull();
});

test('progress is for people: nothing of it goes into a file', () => {
  const written: string[] = [];
  const stream = { write: (data: string | Uint8Array) => written.push(String(data)) > 0 };
  const piped = openTerminal({ stdout: quiet, stderr: stream, environment: {} });
  piped.progress('drawing … 1 s');
  expect(written).toEqual([]);
  const watched = openTerminal({ stdout: quiet, stderr: { ...stream, isTTY: true }, environment: {} });
  watched.progress('drawing … 1 s');
  watched.note('done');
  expect(written).toEqual(['\r\u001b[Kdrawing … 1 s', '\r\u001b[K', 'done\n']);
});

test('numbers stand on the right, small sums keep their digits, and unknown is not 0', () => {
  expect(
    writeTable(
      ['model', 'cost'],
      [
        ['a', '$10.5000'],
        ['long-name', 'unknown'],
      ],
    ),
  ).toBe('model          cost\na          $10.5000\nlong-name   unknown');
  expect([formatUsd(0), formatUsd(0.000_31), formatUsd(null)]).toEqual(['$0.0000', '$0.000310', 'unknown']);
});
