import { assignColours, findPalette } from '../pixels/find-palette.ts';
import { layOn, type Pixels, toLuma } from '../pixels/pixels.ts';
import { type Cut, cutLine } from './cut-line.ts';
import { findLines, type Line } from './find-lines.ts';
import { openReader, type Reader, type TextRead } from './open-reader.ts';

/** A guess at all text of a picture: its lines, each as it was read once and again. */
export type Reading = readonly (readonly string[])[];

type LineRead = {
  readonly texts: readonly string[];
  /** Of the surest of them, 0 to 100. */
  readonly confidence: number;
  readonly line: Line;
};

/** A letter that is misread in one way is mostly read well in another; fat letters are, where they are thin. */
const cuts: readonly Cut[] = [{ height: 56 }, { height: 44 }, { height: 34 }, { height: 72, thins: true }];

/** Lettering has few colours; more layers only cut it into pieces. */
const layerCount = 8;
const minConfidence = 25;
/** A layer with more rows than this is grass or bricks. */
const maxLines = 40;

let opened: Promise<Reader> | null = null;

/** The reader of this process, opened when first needed. */
function takeReader(): Promise<Reader> {
  opened ??= openReader();
  return opened;
}

/**
 * The readings of a picture, each a guess at all its text: rows of letters of one colour, found by layer and read one by one;
 * and the whole picture as it is.
 */
export async function readText(picture: Pixels): Promise<readonly Reading[]> {
  const pixels = layOn(picture, 255);
  const reader = await takeReader();
  const layers: LineRead[][] = [];
  for (const set of splitLayers(pixels)) layers.push(await readLayer(reader, set, pixels));
  const whole = reader.read(
    { width: pixels.width, height: pixels.height, values: toLuma(pixels) },
    'scattered',
  );
  const best = chooseLines(layers.flat());
  const readings = [best, ...layers].map((lines) => sortLines(lines).map(({ texts }) => texts));
  return [...readings, [[whole.text]]].filter((reading) => reading.length > 0);
}

function splitLayers(pixels: Pixels): readonly Uint8Array[] {
  const palette = findPalette(pixels, layerCount);
  const colours = assignColours(pixels, palette);
  return palette.map((_, place) => colours.map((colour) => (colour === place ? 1 : 0)));
}

async function readLayer(reader: Reader, set: Uint8Array, { width, height }: Pixels): Promise<LineRead[]> {
  const { lines, labelled } = findLines(set, width, height);
  const found: LineRead[] = [];
  if (lines.length > maxLines) return found;
  for (const line of lines) {
    const reads: TextRead[] = [];
    for (const cut of cuts) reads.push(reader.read(await cutLine(line, labelled, width, cut), 'line'));
    const sure = reads.filter(
      ({ text, confidence }) => confidence >= minConfidence && /\p{L}|\p{N}/u.test(text),
    );
    if (sure.length === 0) continue;
    const confidence = Math.max(...sure.map((read) => read.confidence));
    found.push({ texts: sure.map(({ text }) => text), confidence, line });
  }
  return found;
}

/** Of readings at the same place the surest: a letter's halo is read as well as the letter. */
function chooseLines(lines: readonly LineRead[]): LineRead[] {
  const chosen: LineRead[] = [];
  for (const line of lines.toSorted((one, other) => other.confidence - one.confidence)) {
    if (!chosen.some((other) => overlap(line.line, other.line))) chosen.push(line);
  }
  return chosen;
}

function overlap(one: Line, other: Line): boolean {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  if (across <= 0 || down <= 0) return false;
  const area = ({ left, right, top, bottom }: Line) => (right - left) * (bottom - top);
  return across * down > 0.3 * Math.min(area(one), area(other));
}

/** From top to bottom, and from left to right where rows stand side by side. */
function sortLines(lines: readonly LineRead[]): readonly LineRead[] {
  return lines.toSorted((one, other) => {
    const sameRow =
      Math.min(one.line.bottom, other.line.bottom) - Math.max(one.line.top, other.line.top) >
      0.5 * Math.min(one.line.bottom - one.line.top, other.line.bottom - other.line.top);
    return sameRow ? one.line.left - other.line.left : one.line.top - other.line.top;
  });
}
