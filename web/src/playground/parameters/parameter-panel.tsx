import type { Model } from '@pictor/sdk';
import type { ReactNode } from 'react';
import { ParameterField } from './parameter-field.tsx';
import classes from './parameter-panel.module.css';
import { type Parameters, type ParameterValue, withParameter } from './parameters.ts';
import { type Field, fitParameters, readFields, sizeRuleOf } from './read-fields.ts';
import { SizeField } from './size-field.tsx';

type ParameterPanelProps = {
  readonly model: Model;
  readonly parameters: Parameters;
  readonly onChange: (parameters: Parameters) => void;
  /** Parameters that have no place here, by name. */
  readonly without?: readonly string[];
};

const none: readonly string[] = [];

/** What a model lets one choose, made from its row and from nothing else. */
export function ParameterPanel({ model, parameters, onChange, without = none }: ParameterPanelProps) {
  const fitting = fitParameters(model, parameters);
  const fields = readFields(model).filter((field) => isOpen(field, fitting) && !without.includes(field.name));
  const sizes = sizeRuleOf(model);
  const change = (name: string, value: ParameterValue | undefined): void =>
    onChange(withParameter(parameters, name, value));
  const show = (field: Field): ReactNode => (
    <div key={field.name} className={isWide(field) ? classes.wide : undefined}>
      <ParameterField
        field={field}
        // A number that the model does not take is shown where it was typed, with the reason, and is not sent.
        value={field.rule.kind === 'choice' ? fitting[field.name] : parameters[field.name]}
        onChange={(value) => change(field.name, value)}
      />
    </div>
  );
  const rare = fields.filter(({ isRare }) => isRare);
  return (
    <section className={classes.panel} aria-label="Parameters">
      {sizes !== null && (
        <div className={classes.wide}>
          <SizeField
            key={model.id}
            rule={sizes}
            value={typeof fitting.size === 'string' ? fitting.size : undefined}
            onChange={(size) => change('size', size)}
          />
        </div>
      )}
      {fields.filter(({ isRare }) => !isRare).map(show)}
      {rare.length > 0 && (
        <details
          className={classes.more}
          open={rare.some(({ name }) => fitting[name] !== undefined) || undefined}
        >
          <summary>More parameters</summary>
          <div className={classes.panel}>{rare.map(show)}</div>
        </details>
      )}
    </section>
  );
}

/** Compression means nothing to a PNG. */
function isOpen({ name }: Field, chosen: Parameters): boolean {
  return name !== 'output_compression' || (chosen.output_format ?? 'png') !== 'png';
}

function isWide({ name, rule }: Field): boolean {
  if (rule.kind === 'choice') return rule.values.length > 2;
  return rule.kind === 'choices' || name === 'negative_prompt';
}
