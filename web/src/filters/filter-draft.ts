import type { RequestOperator } from '@pictor/sdk';
import type { Condition, FilterField } from './filter-field.ts';

/** What a person has filled in so far. */
export type FilterDraft = {
  readonly operator: RequestOperator;
  readonly key: string;
  /** One value, or the first of two. */
  readonly first: string;
  readonly second: string;
  readonly list: readonly string[];
};

/** What an operator compares with. */
export type ValueShape = 'none' | 'one' | 'two' | 'list';

const withoutValue: readonly RequestOperator[] = [
  'is_null',
  'is_not_null',
  'is_true',
  'is_false',
  'is_empty',
  'is_not_empty',
  'key_exists',
];

export function shapeOf(operator: RequestOperator): ValueShape {
  if (withoutValue.includes(operator)) return 'none';
  if (operator === 'between') return 'two';
  return operator === 'in' || operator === 'not_in' ? 'list' : 'one';
}

/** The draft with which a field is opened: empty, or what its condition says. */
export function toDraft(field: FilterField, condition?: Condition): FilterDraft {
  const operator = condition?.operator ?? usualOperator(field);
  const value = condition?.value;
  const values = value === undefined ? [] : typeof value === 'object' ? value.map(String) : [String(value)];
  return {
    operator,
    key: condition?.nested_key ?? '',
    first: values[0] ?? '',
    second: values[1] ?? '',
    list: values,
  };
}

function usualOperator(field: FilterField): RequestOperator {
  const wanted: Readonly<Partial<Record<FilterField['kind'], RequestOperator>>> = {
    string: field.options === undefined ? 'is' : 'in',
    text: 'contains',
    number: 'gte',
    score: 'gte',
    datetime: 'between',
  };
  const usual = wanted[field.kind];
  return usual !== undefined && field.operators.includes(usual) ? usual : (field.operators[0] ?? 'is');
}

/** The condition that a draft says. Null: something is missing or is no number. */
export function toCondition(field: FilterField, draft: FilterDraft): Condition | null {
  const { operator } = draft;
  const key = draft.key.trim();
  const isNested = field.kind === 'nested';
  if (isNested && key === '') return null;
  const named = {
    field: field.name,
    operator,
    ...((isNested || field.kind === 'score') && key !== '' ? { nested_key: key } : {}),
  };
  const isNumber = field.kind === 'number' || field.kind === 'score';
  const read = (text: string): string | number | null => {
    const trimmed = text.trim();
    if (trimmed === '') return null;
    if (!isNumber) return trimmed;
    return Number.isFinite(Number(trimmed)) ? Number(trimmed) : null;
  };
  switch (shapeOf(operator)) {
    case 'none':
      return named;
    case 'one': {
      const value = read(draft.first);
      return value === null ? null : { ...named, value };
    }
    case 'two': {
      const [first, second] = [read(draft.first), read(draft.second)];
      return first === null || second === null ? null : { ...named, value: [first, second] };
    }
    case 'list': {
      const values = draft.list.map(read).filter((value) => value !== null);
      return values.length === 0 ? null : { ...named, value: values };
    }
  }
}
