import { CellError } from '../cell-error.ts';
import { toNumber, toText } from '../references/read-values.ts';
import type { ColumnRunner } from './column-runner.ts';

type Bounds = { readonly min?: number | undefined; readonly max?: number | undefined };

/** Null: nothing was asked. */
function isWithin(value: number, { min, max }: Bounds): boolean | null {
  if (min === undefined && max === undefined) return null;
  return value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);
}

export const numericDistance: ColumnRunner<'numeric_distance', { readonly a: number; readonly b: number }> = {
  isPaid: false,
  isScore: true,
  read: (config, reader) => ({ a: reader.number(config.a), b: reader.number(config.b) }),
  run: async ({ a, b }, { max }) => {
    const value = Math.abs(a - b);
    return { value, passed: isWithin(value, { max }), evidence: { a, b, max: max ?? null } };
  },
};

type Counted = { readonly value: unknown; readonly wanted: string | null };

export const count: ColumnRunner<'count', Counted> = {
  isPaid: false,
  isScore: true,
  read: (config, reader) => ({
    value: reader.value(config.source),
    wanted: config.value === undefined ? null : reader.text(config.value),
  }),
  run: async ({ value, wanted }, config) => {
    const number = countIn(value, config.of ?? 'items', wanted);
    return { value: number, passed: isWithin(number, config), evidence: null };
  },
};

function countIn(
  value: unknown,
  of: 'items' | 'characters' | 'words' | 'occurrences',
  wanted: string | null,
): number {
  const text = toText(value);
  switch (of) {
    case 'items':
      if (Array.isArray(value)) return value.length;
      if (typeof value === 'object' && value !== null) {
        return 'images' in value && Array.isArray(value.images)
          ? value.images.length
          : Object.keys(value).length;
      }
      return text === '' ? 0 : 1;
    case 'characters':
      return [...text].length;
    case 'words':
      return text.split(/\s+/).filter((word) => word !== '').length;
    case 'occurrences':
      if (wanted === null || wanted === '')
        throw new CellError('invalid_input', 'There is no value to count.');
      return text.split(wanted).length - 1;
  }
}

export const minMax: ColumnRunner<'min_max', { readonly values: readonly unknown[] }> = {
  isPaid: false,
  isScore: true,
  read: (config, reader) => ({ values: config.sources.map((source) => reader.value(source)) }),
  run: async ({ values }, config) => {
    const numbers = values.flat().flatMap((value) => toNumber(value) ?? []);
    if (numbers.length === 0) throw new CellError('invalid_input', 'None of the sources is a number.');
    const value = config.pick === 'min' ? Math.min(...numbers) : Math.max(...numbers);
    return { value, passed: isWithin(value, config), evidence: { numbers } };
  },
};
