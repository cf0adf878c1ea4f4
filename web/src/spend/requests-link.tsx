import type { RequestFilterGroup, SpendGroup } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import type { DayPeriod } from './spend-period.ts';

type RequestsLinkProps = {
  readonly by: SpendGroup;
  readonly group: string | null;
  readonly period: DayPeriod;
};

/** Leads to the requests behind a sum. */
export function RequestsLink({ by, group, period }: RequestsLinkProps) {
  const filter = toFilter(by, group, period);
  if (filter === null) return null;
  return (
    <Link to="/requests" search={{ filter }}>
      requests
    </Link>
  );
}

const fields = {
  model: 'model_id',
  prompt: 'prompt_name',
  key: 'key',
  provider: 'provider',
} as const;

/** Null: requests cannot be asked for by this group. */
function toFilter(by: SpendGroup, group: string | null, period: DayPeriod): RequestFilterGroup | null {
  const days = by === 'day' && group !== null ? { from: group, to: group } : period;
  const within = { field: 'created_at', operator: 'between', value: [days.from, days.to] } as const;
  switch (by) {
    case 'project':
      return null;
    case 'day':
      return { logic: 'AND', filters: [within] };
    case 'tag': {
      const tag =
        group === null
          ? ({ field: 'tags', operator: 'is_empty' } as const)
          : ({ field: 'tags', operator: 'contains', value: group } as const);
      return { logic: 'AND', filters: [tag, within] };
    }
    default: {
      const field = fields[by];
      const named =
        group === null
          ? ({ field, operator: 'is_null' } as const)
          : ({ field, operator: 'is', value: group } as const);
      return { logic: 'AND', filters: [named, within] };
    }
  }
}
