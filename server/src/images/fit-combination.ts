import { drop, type Fitting, refuse } from './fit-context.ts';

/** Values that have passed their own rules, by parameter. */
export type FittedValues = ReadonlyMap<string, unknown>;

/** Refuses values that are each allowed and cannot go together. Returns the values that remain. */
export function fitCombination(fitting: Fitting, values: FittedValues): FittedValues {
  refuseTransparentJpeg(values);
  return withoutUselessCompression(fitting, withoutUselessPreviews(fitting, values));
}

function refuseTransparentJpeg(values: FittedValues): void {
  if (values.get('background') !== 'transparent' || values.get('output_format') !== 'jpeg') return;
  refuse(
    'invalid_value',
    'background',
    "A JPEG cannot be transparent. Set output_format to 'png' or 'webp', or background to 'opaque' or 'auto'.",
  );
}

/** Previews mean nothing outside of a stream. */
function withoutUselessPreviews(fitting: Fitting, values: FittedValues): FittedValues {
  const partialImages = values.get('partial_images');
  if (partialImages === undefined || values.get('stream') === true) return values;
  if (partialImages !== 0) {
    const reason = 'Previews come in a stream only.';
    if (fitting.unknown === 'refuse') {
      refuse('invalid_value', 'partial_images', `${reason} Set stream to true as well.`);
    }
    drop(fitting, 'partial_images', partialImages, reason);
  }
  return new Map([...values].filter(([name]) => name !== 'partial_images'));
}

/** Compression means nothing to a PNG. 100 is what every format does by default, so it is no difference. */
function withoutUselessCompression(fitting: Fitting, values: FittedValues): FittedValues {
  const compression = values.get('output_compression');
  const rule = fitting.row.parameters.output_format;
  const format = values.get('output_format') ?? (rule?.kind === 'choice' ? rule.default : 'png');
  if (compression === undefined || format === 'jpeg' || format === 'webp') return values;
  const reason = `output_compression is only for jpeg and webp, and the output_format here is ${format}.`;
  if (compression !== 100) {
    if (fitting.unknown === 'refuse') {
      refuse('invalid_value', 'output_compression', `${reason} Set output_format to 'jpeg' or 'webp'.`);
    }
    drop(fitting, 'output_compression', compression, reason);
  }
  return new Map([...values].filter(([name]) => name !== 'output_compression'));
}
