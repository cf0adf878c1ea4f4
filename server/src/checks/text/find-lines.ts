import { type Component, type Labelled, labelComponents } from '../pixels/label-components.ts';

/** Letters in a row. */
export type Line = {
  readonly letters: readonly Component[];
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** How far it falls from left to right, in pixels a pixel. */
  readonly slope: number;
};

const minLetterHeight = 8;
/** Of the picture's height; larger areas are things, not letters. */
const maxLetterShare = 0.5;
const minLetters = 2;

/** Rows of areas that may be letters of one colour: of similar height, beside each other, not too far apart. */
export function findLines(
  set: Uint8Array,
  width: number,
  height: number,
): { readonly lines: readonly Line[]; readonly labelled: Labelled } {
  const labelled = labelComponents(set, width, height);
  const letters = labelled.components
    .filter((area) => mayBeLetter(area, height))
    .sort((one, other) => one.left - other.left);
  const rows: Component[][] = [];
  for (const letter of letters) {
    const row = nearestRow(rows, letter);
    if (row === undefined) rows.push([letter]);
    else row.push(letter);
  }
  return { lines: rows.filter((row) => row.length >= minLetters).map(toLine), labelled };
}

/** Of the rows that it may go on, the one that ends closest to it. */
function nearestRow(rows: readonly Component[][], letter: Component): Component[] | undefined {
  let nearest: Component[] | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const other = row.slice(-3).findLast((last) => stand(last, letter));
    const gap =
      other === undefined
        ? least
        : Math.abs(letter.left - other.right) + Math.abs(letter.bottom - other.bottom);
    if (gap < least) [nearest, least] = [row, gap];
  }
  return nearest;
}

function heightOf({ top, bottom }: Component): number {
  return bottom - top + 1;
}

function widthOf({ left, right }: Component): number {
  return right - left + 1;
}

function mayBeLetter(area: Component, height: number): boolean {
  const tall = heightOf(area);
  if (tall < minLetterHeight || tall > height * maxLetterShare) return false;
  // An `m` is wide, letters that touch are wider; frames and ribbons are wider still, and hollow.
  return widthOf(area) < tall * 6 && area.area > 0.08 * tall * widthOf(area);
}

/** Whether a letter goes on the row of another on its left. */
function stand(other: Component, letter: Component): boolean {
  const [small, large] = [heightOf(other), heightOf(letter)].sort((one, next) => one - next);
  if (small === undefined || large === undefined || large > small * 2.6) return false;
  const shared = Math.min(other.bottom, letter.bottom) - Math.max(other.top, letter.top);
  return shared > small * 0.45 && letter.left - other.right < large * 1.3;
}

function toLine(letters: readonly Component[]): Line {
  return {
    letters,
    left: Math.min(...letters.map(({ left }) => left)),
    top: Math.min(...letters.map(({ top }) => top)),
    right: Math.max(...letters.map(({ right }) => right)),
    bottom: Math.max(...letters.map(({ bottom }) => bottom)),
    slope: slopeOf(letters),
  };
}

const maxSlope = 0.3;

/** Of the straight line that lies closest to the middles of the letters. */
function slopeOf(letters: readonly Component[]): number {
  if (letters.length < 4) return 0;
  const points = letters.map(({ left, right, top, bottom }) => ({
    x: (left + right) / 2,
    y: (top + bottom) / 2,
  }));
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const rise = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  const slope = spread === 0 ? 0 : rise / spread;
  return Math.abs(slope) > maxSlope ? 0 : slope;
}
