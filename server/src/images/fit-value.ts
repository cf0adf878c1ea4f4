import type { ParameterRule } from '../models/index.ts';
import {
  approximate,
  countCodePoints,
  type Fitting,
  listChoices,
  passThrough,
  quote,
  refuse,
} from './fit-context.ts';

type RuleOf<Kind extends ParameterRule['kind']> = Extract<ParameterRule, { kind: Kind }>;

/** Every model accepts `auto` here: it means what the model does when nothing is asked. */
export const autoNames: ReadonlySet<string> = new Set(['quality', 'background']);

/**
 * One value under its rule. Undefined: accepted, and nothing needs to be sent. A value that the model cannot
 * take is refused in every mode; the sentence says what it can take.
 */
export function fitValue(fitting: Fitting, name: string, rule: ParameterRule, value: unknown): unknown {
  switch (rule.kind) {
    case 'choice':
      return fitChoice(fitting, name, rule, value);
    case 'integer':
      return fitInteger(fitting, name, rule, value);
    case 'number':
      return fitNumber(fitting, name, rule, value);
    case 'text':
      return fitText(fitting, name, rule, value);
    case 'flag':
      if (typeof value !== 'boolean') refuseType(name, value, 'true or false');
      return value;
    case 'choices':
      return fitChoices(fitting, name, rule, value);
  }
}

function fitChoice(
  fitting: Fitting,
  name: string,
  rule: RuleOf<'choice'>,
  value: unknown,
): string | undefined {
  if (typeof value !== 'string') refuseType(name, value, 'a string');
  if (rule.values.includes(value)) {
    if (rule.unchecked?.includes(value)) passThrough(fitting, name, value);
    return value;
  }
  if (value === 'auto' && autoNames.has(name)) return undefined;
  const nearest = Object.hasOwn(rule.approximated ?? {}, value) ? rule.approximated?.[value] : undefined;
  if (nearest !== undefined) {
    approximate(fitting, {
      parameter: name,
      requested: value,
      applied: nearest,
      reason: `${fitting.row.id} has no ${name} '${value}'; '${nearest}' is the nearest that it has.`,
    });
    return nearest;
  }
  return refuse(
    'invalid_value',
    name,
    `Invalid value: ${quote(value)}. With ${fitting.row.id}, ${name} is ${listChoices(rule.values)}.`,
  );
}

function fitInteger(fitting: Fitting, name: string, rule: RuleOf<'integer'>, value: unknown): number {
  if (typeof value !== 'number') refuseType(name, value, 'an integer');
  if (Number.isInteger(value) && value >= rule.min && value <= rule.max) return value;
  const allowed =
    rule.min === rule.max ? `is ${rule.min}` : `is a whole number from ${rule.min} to ${rule.max}`;
  return refuse(
    'invalid_value',
    name,
    `Invalid value: ${quote(value)}. With ${fitting.row.id}, ${name} ${allowed}.`,
  );
}

function fitNumber(fitting: Fitting, name: string, rule: RuleOf<'number'>, value: unknown): number {
  if (typeof value !== 'number') refuseType(name, value, 'a number');
  if (value >= rule.min && value <= rule.max) return value;
  return refuse(
    'invalid_value',
    name,
    `Invalid value: ${quote(value)}. With ${fitting.row.id}, ${name} is a number from ${rule.min} to ${rule.max}.`,
  );
}

function fitText(fitting: Fitting, name: string, rule: RuleOf<'text'>, value: unknown): string | undefined {
  if (typeof value !== 'string') refuseType(name, value, 'a string');
  const length = countCodePoints(value);
  if (length > rule.maxLength) {
    refuse(
      'invalid_value',
      name,
      `${name} has ${length} characters; ${fitting.row.id} reads at most ${rule.maxLength}.`,
    );
  }
  return value === '' ? undefined : value;
}

function fitChoices(
  fitting: Fitting,
  name: string,
  rule: RuleOf<'choices'>,
  value: unknown,
): readonly string[] {
  if (!Array.isArray(value)) refuseType(name, value, 'an array of strings');
  const asked = new Set<unknown>(value);
  for (const each of asked) {
    if (typeof each !== 'string' || !rule.values.includes(each)) {
      refuse(
        'invalid_value',
        name,
        `Invalid value: ${quote(each)}. With ${fitting.row.id}, ${name} holds ${listChoices(rule.values)}.`,
      );
    }
  }
  if (name === 'response_modalities' && !asked.has('image')) {
    refuse('invalid_value', name, "response_modalities must hold 'image': Pictor answers with pictures.");
  }
  return rule.values.filter((each) => asked.has(each));
}

function refuseType(name: string, value: unknown, wanted: string): never {
  return refuse('invalid_type', name, `Invalid type for '${name}': ${quote(value)} is not ${wanted}.`);
}
