import type { Budget } from '@pictor/sdk';
import { formatUsd } from '../common/format-values.ts';

const periods = { day: 'a day', month: 'a month', total: 'in all' } as const;

/** `$20 a month for the whole project`. */
export function toBudgetTitle(budget: Budget, keyNames: ReadonlyMap<string, string>): string {
  const { key_id: keyId, limit, period } = budget;
  const whose = keyId === null ? 'for the whole project' : `for the key “${keyNames.get(keyId) ?? keyId}”`;
  return `${formatUsd(limit)} ${periods[period]} ${whose}`;
}
