import { toNumber, toText } from '../references/read-values.ts';
import type { CellResult, ColumnRunner, ConfigOf } from './column-runner.ts';

type Compared = { readonly a: unknown; readonly b: unknown };

export const compare: ColumnRunner<'compare', Compared> = {
  isPaid: false,
  isScore: true,
  read: (config, reader) => ({ a: reader.value(config.a), b: reader.value(config.b) }),
  run: async ({ a, b }, config) => {
    const passed = compareValues(a, b, config);
    return { value: passed, passed, evidence: { a, b, operator: config.operator ?? 'eq' } };
  },
};

/** Numbers where both are, else texts. */
function compareValues(a: unknown, b: unknown, config: ConfigOf<'compare'>): boolean {
  const [left, right] = [toNumber(a), toNumber(b)];
  const fold = (value: unknown): string => {
    const text = toText(value).trim();
    return config.ignore_case === true ? text.toLowerCase() : text;
  };
  const order =
    left !== null && right !== null
      ? Math.sign(left - right)
      : fold(a) === fold(b)
        ? 0
        : fold(a) < fold(b)
          ? -1
          : 1;
  switch (config.operator ?? 'eq') {
    case 'eq':
      return order === 0;
    case 'neq':
      return order !== 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
  }
}

type Searched = { readonly within: unknown; readonly value: string };

export const contains: ColumnRunner<'contains', Searched> = {
  isPaid: false,
  isScore: true,
  read: (config, reader) => ({ within: reader.value(config.source), value: reader.text(config.value) }),
  run: async ({ within, value }, config) => {
    const fold = (text: string): string => (config.ignore_case === true ? text.toLowerCase() : text);
    const isThere = Array.isArray(within)
      ? within.some((item) => fold(toText(item)) === fold(value))
      : fold(toText(within)).includes(fold(value));
    const passed = isThere !== (config.negate ?? false);
    return { value: passed, passed, evidence: { value, found: isThere } };
  },
};

export const regex: ColumnRunner<'regex', { readonly text: string }> = {
  isPaid: false,
  isScore: true,
  read: (config, reader) => ({ text: toText(reader.value(config.source)) }),
  run: async ({ text }, config, { sandbox }): Promise<CellResult> => {
    const { pattern, flags = '', negate = false } = config;
    const match = await sandbox.match({ pattern, flags, text });
    const passed = (match !== null) !== negate;
    return { value: passed, passed, evidence: { match } };
  },
};
