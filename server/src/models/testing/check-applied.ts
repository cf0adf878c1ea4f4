import type { AppliedParameters, ModelRow } from '../index.ts';
import type { DecodedPicture } from './collect-events.ts';

/** What a model says it applied, against the picture that came and what its row allows. Empty: nothing is wrong. */
export function checkApplied(applied: AppliedParameters, picture: DecodedPicture, row: ModelRow): string[] {
  const wrong: string[] = [];
  const { size, quality, background, outputFormat, aspectRatio, imageSize } = applied;
  if (size !== undefined && (size.width !== picture.width || size.height !== picture.height)) {
    wrong.push(`size ${size.width}x${size.height} is not ${picture.width}x${picture.height}`);
  }
  if (outputFormat !== undefined && outputFormat !== picture.format) {
    wrong.push(`outputFormat ${outputFormat} is not ${picture.format}`);
  }
  if (outputFormat !== undefined && !row.outputFormats.includes(outputFormat)) {
    wrong.push(`outputFormat ${outputFormat} is none of the row's`);
  }
  if (background === 'opaque' && picture.seeThrough) wrong.push('an opaque background can be seen through');
  wrong.push(
    ...outside(row, 'quality', quality),
    ...outside(row, 'aspect_ratio', aspectRatio),
    ...outside(row, 'image_size', imageSize),
  );
  return wrong;
}

/** A value that the row's rule for it does not have. A row without the rule says nothing about it. */
function outside(
  row: ModelRow,
  parameter: 'quality' | 'aspect_ratio' | 'image_size',
  value: string | undefined,
): string[] {
  const rule = row.parameters[parameter];
  if (value === undefined || rule?.kind !== 'choice' || rule.values.includes(value)) return [];
  return [`${parameter} ${value} is none of the row's`];
}
