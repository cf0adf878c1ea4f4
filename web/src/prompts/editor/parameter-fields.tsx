import { Autocomplete, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import type { ParameterRule, SizeRule } from '@pictor/sdk';
import { JsonField } from './json-field.tsx';
import classes from './parameter-fields.module.css';
import type { Problem } from './use-check.ts';

type Values = Readonly<Record<string, unknown>>;

type ParameterFieldsProps = {
  readonly rules: Readonly<Record<string, ParameterRule>>;
  /** Null: the model has no sizes, or they are not asked for this way. */
  readonly size: SizeRule | null;
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  readonly problems: readonly Problem[];
};

/** A field for each parameter that the model has; what it does not know stays, as JSON. Empty: the model's default. */
export function ParameterFields({ rules, size, values, onChange, problems }: ParameterFieldsProps) {
  const set = (name: string, value: unknown): void => {
    const { [name]: _before, ...others } = values;
    onChange(value === undefined ? others : { ...others, [name]: value });
  };
  const errorOf = (name: string) => problems.find(({ param }) => param === name)?.message;
  const names = Object.keys(rules).filter((name) => name !== 'size' && name !== 'prompt');
  const others = Object.entries(values).filter(([name]) => rules[name] === undefined && name !== 'size');
  return (
    <div className={classes.fields}>
      {size !== null && (
        <Autocomplete
          label="size"
          placeholder={`default (${size.kind === 'ratio-table' ? 'auto' : size.default})`}
          data={listSizes(size)}
          value={toText(values.size)}
          onChange={(text) => set('size', text === '' ? undefined : text)}
          error={errorOf('size')}
        />
      )}
      {names.map((name) => {
        const rule = rules[name];
        if (rule === undefined) return null;
        return (
          <RuleField
            key={name}
            name={name}
            rule={rule}
            value={values[name]}
            onValue={(value) => set(name, value)}
            error={errorOf(name)}
          />
        );
      })}
      {others.length > 0 && (
        <JsonField
          label="Other parameters"
          description="That this model is not known to have."
          value={Object.fromEntries(others)}
          onValue={(value) => {
            const known = Object.entries(values).filter(
              ([name]) => rules[name] !== undefined || name === 'size',
            );
            onChange({ ...Object.fromEntries(known), ...(isRecord(value) ? value : {}) });
          }}
          error={others.map(([name]) => errorOf(name)).find((message) => message !== undefined)}
        />
      )}
    </div>
  );
}

type RuleFieldProps = {
  readonly name: string;
  readonly rule: ParameterRule;
  readonly value: unknown;
  /** Undefined: the default. */
  readonly onValue: (value: unknown) => void;
  readonly error: string | undefined;
};

function RuleField({ name, rule, value, onValue, error }: RuleFieldProps) {
  switch (rule.kind) {
    case 'choice':
      return (
        <Select
          label={name}
          placeholder={`default (${rule.default})`}
          clearable
          clearButtonProps={{ 'aria-label': `Clear ${name}` }}
          data={withOwn(rule.values, value)}
          value={value === undefined ? null : toText(value)}
          onChange={(text) => onValue(text ?? undefined)}
          error={error}
        />
      );
    case 'flag':
      return (
        <Select
          label={name}
          placeholder={`default (${rule.default})`}
          clearable
          clearButtonProps={{ 'aria-label': `Clear ${name}` }}
          data={['true', 'false']}
          value={value === undefined ? null : String(value)}
          onChange={(text) => onValue(text === null ? undefined : text === 'true')}
          error={error}
        />
      );
    case 'choices':
      return (
        <MultiSelect
          label={name}
          placeholder={`default (${rule.default.join(', ')})`}
          data={[...rule.values]}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(chosen) => onValue(chosen.length === 0 ? undefined : chosen)}
          error={error}
        />
      );
    case 'integer':
    case 'number':
      return (
        <NumberInput
          label={name}
          placeholder={rule.default === undefined ? 'default' : `default (${rule.default})`}
          allowDecimal={rule.kind === 'number'}
          value={typeof value === 'number' ? value : ''}
          onChange={(number) => onValue(typeof number === 'number' ? number : undefined)}
          error={error}
        />
      );
    case 'text':
      return (
        <TextInput
          label={name}
          placeholder="none"
          value={toText(value)}
          onChange={(event) =>
            onValue(event.currentTarget.value === '' ? undefined : event.currentTarget.value)
          }
          error={error}
        />
      );
  }
}

/** A value that the model does not take is shown all the same: it is what was saved. */
function withOwn(values: readonly string[], value: unknown): string[] {
  const text = toText(value);
  return text === '' || values.includes(text) ? [...values] : [...values, text];
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function listSizes(rule: SizeRule): string[] {
  switch (rule.kind) {
    case 'fixed':
      return ['auto', ...rule.sizes.filter((size) => size !== 'auto')];
    case 'free':
      return ['auto', ...rule.common.filter((size) => size !== 'auto')];
    case 'ratio-table':
      return ['auto', ...new Set(Object.values(rule.tiers).flatMap((tier) => Object.values(tier)))];
  }
}

export function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
