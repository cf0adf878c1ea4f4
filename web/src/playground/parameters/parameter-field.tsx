import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import classes from './parameter-field.module.css';
import type { ParameterValue } from './parameters.ts';
import { ratioOf } from './ratio-picture.tsx';
import { defaultOf, explainValue, type Field } from './read-fields.ts';
import { ShapeRadios } from './shape-radios.tsx';

type ParameterFieldProps = {
  readonly field: Field;
  /** Undefined: the model's default. */
  readonly value: ParameterValue | undefined;
  readonly onChange: (value: ParameterValue | undefined) => void;
};

/** So many words stand side by side; more are a list. */
const mostSegments = 4;

/** One parameter as its rule has it. What equals the default is not sent. */
export function ParameterField({ field, value, onChange }: ParameterFieldProps) {
  const { label, help, rule } = field;
  const fallback = defaultOf(rule);
  const choose = (next: ParameterValue | undefined): void => onChange(next === fallback ? undefined : next);
  switch (rule.kind) {
    case 'choice': {
      const chosen = typeof value === 'string' ? value : rule.default;
      if (rule.values.every((each) => ratioOf(each) !== null)) {
        const shapes = rule.values.map((each) => ({ value: each, label: each, ratio: ratioOf(each) }));
        return <ShapeRadios label={label} shapes={shapes} value={chosen} onChange={choose} />;
      }
      return <ChoiceField {...{ label, help }} values={rule.values} value={chosen} onChange={choose} />;
    }
    case 'choices':
      return (
        <CheckFields
          label={label}
          help={help}
          values={rule.values}
          chosen={(Array.isArray(value) ? value : rule.default).map(String)}
          onChange={(chosen) => onChange(isSame(chosen, rule.default) ? undefined : chosen)}
        />
      );
    case 'flag':
      return (
        <ShapeRadios
          label={label}
          help={help}
          shapes={[
            { value: 'true', label: 'On' },
            { value: 'false', label: 'Off' },
          ]}
          value={String(typeof value === 'boolean' ? value : rule.default)}
          onChange={(chosen) => choose(chosen === 'true')}
        />
      );
    case 'integer':
    case 'number': {
      const isBad = value !== undefined && explainValue(rule, value) !== null;
      return (
        <TextInput
          label={label}
          description={help}
          size="xs"
          type="number"
          min={rule.min}
          max={rule.max}
          step={rule.kind === 'integer' ? 1 : 'any'}
          placeholder={fallback === undefined ? 'Any' : String(fallback)}
          value={value === undefined ? '' : String(value)}
          error={isBad ? explainValue(rule, value) : undefined}
          onChange={({ currentTarget: { value: text } }) => onChange(text === '' ? undefined : Number(text))}
        />
      );
    }
    case 'text': {
      const shared = {
        label,
        description: help,
        size: 'xs',
        maxLength: rule.maxLength,
        value: typeof value === 'string' ? value : '',
      };
      const write = (text: string): void => onChange(text === '' ? undefined : text);
      return rule.maxLength > 600 ? (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxRows={6}
          onChange={(event) => write(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...shared} onChange={(event) => write(event.currentTarget.value)} />
      );
    }
  }
}

type ChoiceFieldProps = {
  readonly label: string;
  readonly help: string | undefined;
  readonly values: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function ChoiceField({ label, help, values, value, onChange }: ChoiceFieldProps) {
  const data = values.map((each) => ({ value: each, label: toWord(each) }));
  if (values.length > mostSegments || values.join('').length > 26) {
    return (
      <NativeSelect
        label={label}
        description={help}
        size="xs"
        data={data}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return <ShapeRadios label={label} help={help} shapes={data} value={value} onChange={onChange} />;
}

type CheckFieldsProps = {
  readonly label: string;
  readonly help: string | undefined;
  readonly values: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
};

/** Any of several words. */
function CheckFields({ label, help, values, chosen, onChange }: CheckFieldsProps) {
  return (
    <fieldset className={classes.checks}>
      <legend>{label}</legend>
      {help !== undefined && <p>{help}</p>}
      {values.map((each) => (
        <label key={each}>
          <input
            type="checkbox"
            checked={chosen.includes(each)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(values.filter((other) => (other === each ? checked : chosen.includes(other))))
            }
          />
          {toWord(each)}
        </label>
      ))}
    </fieldset>
  );
}

const spelled: Readonly<Record<string, string>> = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP', hd: 'HD' };

function toWord(value: string): string {
  return spelled[value] ?? value.charAt(0).toUpperCase() + value.slice(1);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
}
