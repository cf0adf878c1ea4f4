import { createHash } from 'node:crypto';
import { parseReference } from '../references/parse-source.ts';
import type { Cell } from '../runs/cell.ts';
import type { RunColumn } from '../runs/run.ts';
import type { Rating } from './rating.ts';

export type HumanColumn = Extract<RunColumn, { type: 'human' }>;

/** One thing among which people choose, or the one thing that they rate. */
export type RatingOption = {
  /** What a rater names it by: its place, which tells nothing. */
  readonly id: string;
  /** What it is; never shown to raters. */
  readonly source: string;
  readonly images: readonly string[];
};

const defaultRange = { min: 1, max: 5 };

export function rangeOf({ config }: HumanColumn): { readonly min: number; readonly max: number } {
  return { min: config.min ?? defaultRange.min, max: config.max ?? defaultRange.max };
}

function ratersOf({ config }: HumanColumn): number {
  return config.raters ?? 1;
}

/** The pictures of a cell, in an order that is another one for every row and rater, and always the same for both. */
export function optionsFor(column: HumanColumn, cell: Cell, rater: string): readonly RatingOption[] {
  const images = readImages(cell.evidence);
  const options = column.config.images.map((source, index) => ({
    source: parseReference(source)?.name ?? source,
    images: images[index] ?? [],
    place: createHash('sha256').update([cell.rowId, column.id, rater, index].join('/')).digest('hex'),
  }));
  return options
    .toSorted((left, right) => (left.place < right.place ? -1 : 1))
    .map(({ images: own, source }, index) => ({ id: `option_${index + 1}`, source, images: own }));
}

/** A waiting cell keeps what it is about. */
function readImages(evidence: unknown): readonly (readonly string[])[] {
  if (typeof evidence !== 'object' || evidence === null || !('images' in evidence)) return [];
  const { images } = evidence;
  if (!Array.isArray(images)) return [];
  return images.map((each: unknown) =>
    Array.isArray(each) ? each.filter((id): id is string => typeof id === 'string') : [],
  );
}

/** The cell as it is with its ratings: done once enough people have said something. */
export function withRatings(column: HumanColumn, cell: Cell, ratings: readonly Rating[]): Cell {
  if (ratings.length < ratersOf(column)) return cell;
  const values = ratings.map(({ value }) => value);
  const evidence = {
    ...(typeof cell.evidence === 'object' ? cell.evidence : {}),
    ratings: ratings.map(({ note, rater, value }) => ({ rater, value, note })),
  };
  return { ...cell, status: 'done', error: null, evidence, ...summarise(column, values) };
}

function summarise(
  column: HumanColumn,
  values: readonly Rating['value'][],
): Pick<Cell, 'value' | 'passed' | 'score'> {
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  switch (column.config.rating) {
    case 'thumbs': {
      const share = mean(values.map((value) => (value === true ? 1 : 0)));
      return { value: values.length === 1 ? values[0] : share, passed: share >= 0.5, score: share };
    }
    case 'score': {
      const { max, min } = rangeOf(column);
      const value = mean(values.map(Number));
      return { value, passed: null, score: max === min ? 1 : (value - min) / (max - min) };
    }
    case 'preference': {
      const [first = ''] = column.config.images.map((source) => parseReference(source)?.name ?? source);
      const votes = values.map(String);
      const score = mean(votes.map((vote) => (vote === first ? 1 : vote === 'tie' ? 0.5 : 0)));
      return { value: mostNamed(votes), passed: null, score };
    }
  }
}

/** Nobody has more votes: a tie. */
function mostNamed(votes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const vote of votes) counts.set(vote, (counts.get(vote) ?? 0) + 1);
  const [first, second] = [...counts].toSorted(([, left], [, right]) => right - left);
  return first === undefined || first[1] === second?.[1] ? 'tie' : first[0];
}
