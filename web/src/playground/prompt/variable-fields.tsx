import { Textarea } from '@mantine/core';
import classes from './variable-fields.module.css';
import { listVariables } from './variables.ts';

type VariableFieldsProps = {
  readonly texts: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
};

/** A field for each `{variable}` that the texts have. Values of those that went stay, in case they come back. */
export function VariableFields({ texts, values, onChange }: VariableFieldsProps) {
  const names = listVariables(texts);
  if (names.length === 0) return null;
  return (
    <fieldset className={classes.variables}>
      <legend>Variables</legend>
      {names.map((name) => (
        <Textarea
          key={name}
          label={<code>{`{${name}}`}</code>}
          aria-label={`Variable ${name}`}
          placeholder="Empty: nothing stands there"
          size="xs"
          autosize
          minRows={1}
          maxRows={5}
          value={values[name] ?? ''}
          onChange={(event) => onChange({ ...values, [name]: event.currentTarget.value })}
        />
      ))}
    </fieldset>
  );
}
