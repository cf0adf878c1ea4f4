import { type RequestFilterGroup, requestFilterGroup } from '@pictor/sdk';
import type { FilterNode } from './filter-field.ts';

/** Conditions as the API takes them; none at all is no filter. */
export function toGroup(
  nodes: readonly FilterNode[],
  logic: RequestFilterGroup['logic'],
): RequestFilterGroup | undefined {
  const read = requestFilterGroup.safeParse({ logic, filters: nodes });
  return read.success && nodes.length > 0 ? read.data : undefined;
}
