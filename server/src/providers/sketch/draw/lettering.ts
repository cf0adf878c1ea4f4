import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Command, type Font } from 'opentype.js';
import { num, type Paint, paint } from './vector.ts';

export type Typeface = 'hand' | 'poster';

/** Text as outlines, so that fonts of the machine never matter. */
export type Letterer = {
  /** Text centred on x, its middle height at y, not wider than `maxWidth` (it shrinks to fit). */
  readonly line: (
    text: string,
    at: { x: number; y: number; height: number; maxWidth: number },
    how: Paint,
    face?: Typeface,
  ) => string;
  /** Width of a line of that height. */
  readonly width: (text: string, height: number, face?: Typeface) => number;
};

const files: Record<Typeface, string> = {
  hand: '@fontsource/chewy/files/chewy-latin-400-normal.woff',
  poster: '@fontsource/luckiest-guy/files/luckiest-guy-latin-400-normal.woff',
};

export function openLetterer(): Letterer {
  const load = createRequire(import.meta.url);
  const open = (face: Typeface): Font => {
    const bytes = readFileSync(load.resolve(files[face]));
    return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  };
  const fonts: Record<Typeface, Font> = { hand: open('hand'), poster: open('poster') };
  const width = (text: string, height: number, face: Typeface = 'hand') => {
    let sum = 0;
    for (const glyph of text) sum += advance(fonts[face], glyph, height);
    return sum;
  };
  return {
    width,
    line: (text, at, how, face = 'hand') => {
      const natural = width(text, at.height, face);
      const height = natural > at.maxWidth ? (at.height * at.maxWidth) / natural : at.height;
      let x = at.x - Math.min(natural, at.maxWidth) / 2;
      let outlines = '';
      for (const glyph of text) {
        outlines += outline(fonts[face], glyph, x, at.y + height * 0.34, height);
        x += advance(fonts[face], glyph, height);
      }
      return `<path d="${outlines}"${paint(how)}/>`;
    },
  };
}

/** Characters without a glyph in the font: their plain letter (`ś` → `s`), or else a small wave in their place. */
function knownGlyph(font: Font, character: string): string | null {
  if (character === ' ' || font.charToGlyphIndex(character) > 0) return character;
  const plain = character.normalize('NFKD')[0] ?? '';
  return plain !== '' && font.charToGlyphIndex(plain) > 0 ? plain : null;
}

function advance(font: Font, character: string, height: number): number {
  const known = knownGlyph(font, character);
  if (known === ' ') return height * 0.28;
  return known === null ? height * 0.55 : font.getAdvanceWidth(known, height);
}

function outline(font: Font, character: string, x: number, y: number, height: number): string {
  const known = knownGlyph(font, character);
  if (known === ' ') return '';
  if (known !== null) return font.getPath(known, x, y, height).commands.map(writeCommand).join('');
  return brushMark(character, x, y, height);
}

/** One piece of an outline. (The font parser's own writer gives `NaN` for numbers close to zero.) */
function writeCommand(command: Command): string {
  switch (command.type) {
    case 'M':
    case 'L':
      return `${command.type}${num(command.x)} ${num(command.y)}`;
    case 'Q':
      return `Q${num(command.x1)} ${num(command.y1)} ${num(command.x)} ${num(command.y)}`;
    case 'C':
      return `C${num(command.x1)} ${num(command.y1)} ${num(command.x2)} ${num(command.y2)} ${num(command.x)} ${num(command.y)}`;
    case 'Z':
      return 'Z';
  }
}

/** A few brush strokes that depend on the character: reads as foreign hand lettering, never as an empty box. */
function brushMark(character: string, x: number, y: number, height: number): string {
  const code = character.codePointAt(0) ?? 0;
  const bar = (left: number, top: number, wide: number, tall: number) =>
    `M${num(x + left * height)} ${num(y - top * height)}h${num(wide * height)}v${num(tall * height)}h${num(-wide * height)}Z`;
  const strokes = [bar(0.06, 0.62, 0.4, 0.09)];
  if (code & 1) strokes.push(bar(0.06, 0.36, 0.4, 0.08));
  if (code & 2) strokes.push(bar(0.22, 0.62, 0.09, 0.6));
  if (code & 4) strokes.push(bar(0.06, 0.62, 0.09, 0.58));
  if (code & 8) strokes.push(bar(0.06, 0.1, 0.4, 0.09));
  if ((code & 14) === 0) strokes.push(bar(0.14, 0.5, 0.1, 0.5));
  return strokes.join('');
}
