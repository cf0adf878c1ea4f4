import { type ReactNode, useId } from 'react';
import { RatioPicture } from './ratio-picture.tsx';
import classes from './shape-radios.module.css';

export type Shape = {
  readonly value: string;
  readonly label: string;
  /** Width over height; undefined: left open. */
  readonly ratio: number | undefined;
};

type ShapeRadiosProps = {
  readonly label: string;
  readonly shapes: readonly Shape[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Stands below the shapes. */
  readonly children?: ReactNode;
};

/** One of several shapes, each with a little picture of its ratio. Arrow keys walk. */
export function ShapeRadios({ label, shapes, value, onChange, children }: ShapeRadiosProps) {
  const name = useId();
  return (
    <fieldset className={classes.shapes}>
      <legend className={classes.legend}>{label}</legend>
      <div className={classes.options}>
        {shapes.map((shape) => (
          <label key={shape.value} className={classes.option}>
            <input
              type="radio"
              name={name}
              value={shape.value}
              checked={shape.value === value}
              onChange={() => onChange(shape.value)}
            />
            <RatioPicture ratio={shape.ratio} />
            <span>{shape.label}</span>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
