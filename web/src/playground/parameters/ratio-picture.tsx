import classes from './ratio-picture.module.css';

type RatioPictureProps = {
  /** Width over height; null: the model decides. */
  readonly ratio: number | null;
};

const box = 22;
const longest = 18;

/** A frame of a shape, small enough to stand beside a word. */
export function RatioPicture({ ratio }: RatioPictureProps) {
  const shape = ratio ?? 1;
  const width = shape >= 1 ? longest : Math.max(3, longest * shape);
  const height = shape >= 1 ? Math.max(3, longest / shape) : longest;
  return (
    <svg
      className={classes.picture}
      viewBox={`0 0 ${box} ${box}`}
      width={box}
      height={box}
      aria-hidden="true"
    >
      <rect
        x={(box - width) / 2}
        y={(box - height) / 2}
        width={width}
        height={height}
        rx={1.5}
        data-open={ratio === null}
      />
    </svg>
  );
}

/** Width over height of `1536x1024` and of `16:9`; null: neither. */
export function ratioOf(text: string): number | null {
  const match = /^(\d+)[x:](\d+)$/.exec(text);
  const ratio = match === null ? Number.NaN : Number(match[1]) / Number(match[2]);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : null;
}
