import type { RequestOperator } from '@pictor/sdk';
import type { Condition, FilterField, FilterNode } from './filter-field.ts';

const words: Readonly<Record<RequestOperator, string>> = {
  is: 'is',
  is_not: 'is not',
  in: 'is one of',
  not_in: 'is none of',
  is_null: 'is unknown',
  is_not_null: 'is known',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  ends_with: 'ends with',
  eq: '=',
  neq: '≠',
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
  between: 'between',
  before: 'before',
  after: 'after',
  is_true: 'yes',
  is_false: 'no',
  is_empty: 'is empty',
  is_not_empty: 'is not empty',
  key_equals: 'is',
  key_not_equals: 'is not',
  key_contains: 'contains',
  key_exists: 'is there',
};

/** The words of a list: `tags contains` is a tag that is there, as `in` is one of several. */
const listWords: Readonly<Partial<Record<RequestOperator, string>>> = {
  contains: 'has',
  not_contains: 'has not',
  in: 'has one of',
  not_in: 'has none of',
};

/** An operator as people read it. */
export function describeOperator(operator: RequestOperator, kind: FilterField['kind']): string {
  return (kind === 'array' ? listWords[operator] : undefined) ?? words[operator];
}

/** A condition in one line: `Cost (USD) > 0.5`. */
export function describeFilter(node: FilterNode, fields: readonly FilterField[]): string {
  if ('filters' in node) {
    const parts = node.filters.map((each) => describeFilter(each, fields));
    return `(${parts.join(node.logic === 'OR' ? ' or ' : ' and ')})`;
  }
  return describeCondition(node, fields);
}

function describeCondition(condition: Condition, fields: readonly FilterField[]): string {
  const { field: name, operator, value, nested_key: key } = condition;
  const field = fields.find((each) => each.name === name);
  const subject = [field?.label ?? name, ...(key === undefined ? [] : [`“${key}”`])].join(' ');
  if (operator === 'is_true' || operator === 'is_false')
    return `${subject}: ${describeOperator(operator, 'boolean')}`;
  return [subject, describeOperator(operator, field?.kind ?? 'string'), describeValue(operator, value)]
    .filter((part) => part !== '')
    .join(' ');
}

function describeValue(operator: RequestOperator, value: Condition['value']): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return value.join(operator === 'between' ? ' and ' : ', ');
}
