import type { EvaluationCell } from '@pictor/sdk';

/** The value of a cell in words. A plain yes or no is said by `passed` already, and pictures are shown. */
export function writeCellValue({
  value,
  passed,
  images,
}: Pick<EvaluationCell, 'value' | 'passed' | 'images'>): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return passed === null ? (value ? 'Yes' : 'No') : '';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(4);
  if (typeof value === 'string') return value;
  if (images.length > 0 && 'text' in Object(value) && 'images' in Object(value))
    return textOf(Object(value).text);
  return JSON.stringify(value);
}

/** What a prompt wrote beside its pictures. */
function textOf(text: unknown): string {
  return typeof text === 'string' ? text : '';
}
