import { type ReactNode, useId } from 'react';
import { RatioPicture } from './ratio-picture.tsx';
import classes from './shape-radios.module.css';

export type Shape = {
  readonly value: string;
  readonly label: string;
  /** Width over height; null: left open. Absent: it is a word and no shape. */
  readonly ratio?: number | null;
};

type ShapeRadiosProps = {
  readonly label: string;
  readonly shapes: readonly Shape[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isDisabled?: boolean;
  readonly help?: string | undefined;
  /** Stands below the shapes. */
  readonly children?: ReactNode;
};

/** One of a few words or shapes, a shape with a little picture of its ratio. Arrow keys walk. */
export function ShapeRadios(props: ShapeRadiosProps) {
  const { label, shapes, value, onChange, isDisabled = false, help, children } = props;
  const name = useId();
  return (
    <fieldset className={classes.shapes} disabled={isDisabled}>
      <legend className={classes.legend}>{label}</legend>
      {help !== undefined && <p className={classes.help}>{help}</p>}
      <div className={classes.options} data-words={shapes.every(({ ratio }) => ratio === undefined)}>
        {shapes.map((shape) => (
          <label
            key={shape.value}
            className={shape.ratio === undefined ? `${classes.option} ${classes.word}` : classes.option}
          >
            <input
              type="radio"
              name={name}
              value={shape.value}
              checked={shape.value === value}
              onChange={() => onChange(shape.value)}
            />
            {shape.ratio !== undefined && <RatioPicture ratio={shape.ratio} />}
            <span>{shape.label}</span>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
