import { z } from 'zod';
import { CheckFailure } from '../check-failure.ts';

/** What a number is asked to be; nothing of it: the number is only measured. */
export const numberRange = {
  /** Least value that passes. */
  min: z.number().optional(),
  /** Largest value that passes. */
  max: z.number().optional(),
  equals: z.number().optional(),
};

export type NumberRange = {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly equals?: number | undefined;
};

/** The range, with the row's own value where there is one. */
export function withExpected(range: NumberRange, expected: string | null): NumberRange {
  return expected === null ? range : { equals: readNumber(expected) };
}

/** Null: nothing was asked. */
export function isWithin(value: number, { min, max, equals }: NumberRange): boolean | null {
  if (min === undefined && max === undefined && equals === undefined) return null;
  return (
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (equals === undefined || value === equals)
  );
}

function readNumber(text: string): number {
  const value = Number(text.trim());
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new CheckFailure(
      'invalid_expected',
      `A number is expected here, such as 1024; not “${text.slice(0, 40)}”.`,
    );
  }
  return value;
}
