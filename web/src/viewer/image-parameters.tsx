import type { AdjustmentReport } from '@pictor/sdk';
import { formatParameterName, formatParameterValue } from '../common/format-values.ts';
import classes from './image-parameters.module.css';

type ImageParametersProps = {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly adjustments: readonly AdjustmentReport[];
};

/** How the answer travelled says nothing about the image. */
const ofTheAnswer: ReadonlySet<string> = new Set(['stream', 'partial_images', 'response_format']);

/** What an image was asked with. Where something else was done, both are told; why is told by AdjustmentNotes. */
export function ImageParameters({ parameters, adjustments }: ImageParametersProps) {
  const asked = Object.keys(parameters).filter((name) => !ofTheAnswer.has(name));
  const names = [...new Set([...asked, ...adjustments.map((each) => each.parameter)])];
  if (names.length === 0) return null;
  return (
    <dl className={classes.parameters} aria-label="Parameters">
      {names.map((name) => (
        <div key={name}>
          <dt>{formatParameterName(name)}</dt>
          <dd>
            <Value
              asked={parameters[name]}
              adjustment={adjustments.find((adjustment) => adjustment.parameter === name)}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

type ValueProps = { readonly asked: unknown; readonly adjustment: AdjustmentReport | undefined };

function Value({ asked, adjustment }: ValueProps) {
  switch (adjustment?.action) {
    case undefined:
      return formatParameterValue(asked);
    case 'approximated':
      return (
        <>
          <s>{formatParameterValue(adjustment.requested)}</s> {formatParameterValue(adjustment.applied)}{' '}
          <span className={classes.mark}>approximated</span>
        </>
      );
    case 'dropped':
      return (
        <>
          <s>{formatParameterValue(adjustment.requested)}</s> <span className={classes.mark}>dropped</span>
        </>
      );
    case 'passed-through':
      return (
        <>
          {formatParameterValue(adjustment.requested)}{' '}
          <span className={classes.mark}>passed on unchecked</span>
        </>
      );
  }
}
