import type { EvaluationCell } from '@pictor/sdk';

/** The value of a cell in words. A plain yes or no is said by `passed` already. */
export function writeCellValue({ value, passed }: Pick<EvaluationCell, 'value' | 'passed'>): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return passed === null ? (value ? 'Yes' : 'No') : '';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(4);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
