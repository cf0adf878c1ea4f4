import type { Model, ParameterRule, SizeRule } from '@pictor/sdk';
import { explainSize, readSize } from './check-size.ts';
import { parameterWords } from './parameter-words.ts';
import type { Parameters, ParameterValue } from './parameters.ts';

/** One parameter that a model has, and what a form needs to offer it. */
export type Field = {
  /** As the wire spells it. */
  readonly name: string;
  readonly label: string;
  readonly help: string | undefined;
  readonly rule: ParameterRule;
  /** True: few people need it, so it stands behind the others. */
  readonly isRare: boolean;
};

/** The page streams and reads bytes by itself; a person has nothing to choose there. */
const ownBusiness: readonly string[] = ['stream', 'response_format'];

/** Where these stand in the form; others follow in the order of the row. */
const order: readonly string[] = [
  'aspect_ratio',
  'image_size',
  'quality',
  'n',
  'background',
  'style',
  'output_format',
  'output_compression',
];
const rare: readonly string[] = [
  'moderation',
  'response_modalities',
  'media_resolution',
  'user',
  'safety_identifier',
  'guidance_scale',
  'true_cfg_scale',
];

/** The parameters of a model's row, in the order of the form. A choice of one is none, unless it is told otherwise. */
export function readFields(model: Model): readonly Field[] {
  const place = ({ name }: Field): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.entries(model.pictor.parameters)
    .filter(([name, rule]) => !ownBusiness.includes(name) && leavesChoice(rule))
    .map(([name, rule]) => ({ name, ...parameterWords(name), rule, isRare: rare.includes(name) }))
    .sort((one, other) => place(one) - place(other));
}

/** The rule of sizes in pixels, where a person chooses them: Gemini's models take a ratio and a tier instead. */
export function sizeRuleOf(model: Model): Exclude<SizeRule, { kind: 'ratio-table' }> | null {
  const { size } = model.pictor;
  return size === null || size.kind === 'ratio-table' ? null : size;
}

/** What the model does where nothing is chosen; undefined: nothing is known of it. */
export function defaultOf(rule: ParameterRule): ParameterValue | undefined {
  return 'default' in rule ? readDefault(rule.default) : undefined;
}

/** Those of the chosen parameters that the model has, with values that it takes. Everything else is kept for other models. */
export function fitParameters(model: Model, chosen: Parameters): Parameters {
  const { parameters } = model.pictor;
  const entries = Object.entries(chosen).filter(([name, value]) => {
    if (name === 'size') return isSizeOf(model, value);
    const rule = parameters[name];
    return rule !== undefined && !ownBusiness.includes(name) && explainValue(rule, value) === null;
  });
  return Object.fromEntries(entries);
}

/** Why a rule does not take a value, as a sentence; null: it does. */
export function explainValue(rule: ParameterRule, value: ParameterValue): string | null {
  switch (rule.kind) {
    case 'choice':
      return rule.values.some((each) => each === value) ? null : `It is one of ${rule.values.join(', ')}.`;
    case 'choices':
      return Array.isArray(value) && value.every((each) => rule.values.includes(each))
        ? null
        : `It holds some of ${rule.values.join(', ')}.`;
    case 'integer':
    case 'number': {
      const isKind = typeof value === 'number' && (rule.kind === 'number' || Number.isInteger(value));
      if (isKind && value >= rule.min && value <= rule.max) return null;
      return `It is a ${rule.kind === 'integer' ? 'whole number' : 'number'} from ${rule.min} to ${rule.max}.`;
    }
    case 'text':
      return typeof value === 'string' && [...value].length <= rule.maxLength
        ? null
        : `It has ${rule.maxLength} characters at most.`;
    case 'flag':
      return typeof value === 'boolean' ? null : 'It is on or off.';
  }
}

/** Sizes that break a free model's rule are kept and told in the form, so that a person can finish typing. */
function isSizeOf(model: Model, value: ParameterValue): boolean {
  const { size } = model.pictor;
  if (size === null || typeof value !== 'string') return false;
  if (value === 'auto') return true;
  switch (size.kind) {
    case 'fixed':
      return size.sizes.includes(value);
    case 'free':
      return readSize(value) !== null;
    case 'ratio-table':
      return Object.values(size.tiers).some((ratios) => Object.values(ratios).includes(value));
  }
}

/** Why the chosen parameters cannot be sent, as a sentence; null: they can. */
export function explainParameters(model: Model, chosen: Parameters): string | null {
  const rule = model.pictor.size;
  const size = rule?.kind === 'free' && typeof chosen.size === 'string' ? readSize(chosen.size) : null;
  const problem = rule?.kind === 'free' && size !== null ? explainSize(rule, size.width, size.height) : null;
  if (problem !== null) return `Size: ${problem}`;
  for (const { name, label, rule: known } of readFields(model)) {
    const value = chosen[name];
    // A word of another model is not shown here and not sent; a number stands where it was typed.
    if (value === undefined || known.kind === 'choice' || known.kind === 'choices') continue;
    const reason = explainValue(known, value);
    if (reason !== null) return `${label}: ${reason}`;
  }
  return null;
}

function leavesChoice(rule: ParameterRule): boolean {
  switch (rule.kind) {
    case 'choice':
      return rule.values.length > 1;
    case 'integer':
    case 'number':
      return rule.max > rule.min;
    case 'choices':
    case 'text':
    case 'flag':
      return true;
  }
}

function readDefault(value: unknown): ParameterValue | undefined {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}
