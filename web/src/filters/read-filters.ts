import { type RequestFilterGroup, requestFilterGroup } from '@pictor/sdk';

/** The filters of an address. What is no filter is left out. */
export function readFilters(value: unknown): RequestFilterGroup | undefined {
  const read = requestFilterGroup.safeParse(value);
  return read.success && read.data.filters.length > 0 ? read.data : undefined;
}

/** A text of an address. An address without quotes is read as a number where it looks like one. */
export function readWords(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
