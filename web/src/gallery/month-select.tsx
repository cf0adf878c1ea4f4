import { NativeSelect } from '@mantine/core';
import { monthOf, nameMonth } from './lay-out-grid.ts';
import { useOldestTime } from './use-gallery.ts';

type MonthSelectProps = {
  readonly value: string | undefined;
  readonly onChange: (month: string | undefined) => void;
};

/** Jumps to a month: all from the oldest image to now, newest first, by year. */
export function MonthSelect({ value, onChange }: MonthSelectProps) {
  const { data: oldest } = useOldestTime();
  const years = Map.groupBy(listMonths(oldest ?? null, value), (month) => month.slice(0, 4));
  return (
    <NativeSelect
      aria-label="Jump to a month"
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    >
      <option value="">All months</option>
      {[...years].map(([year, months]) => (
        <optgroup key={year} label={year}>
          {months.map((month) => (
            <option key={month} value={month}>
              {nameMonth(month)}
            </option>
          ))}
        </optgroup>
      ))}
    </NativeSelect>
  );
}

const mostMonths = 600;

function listMonths(oldest: number | null, chosen: string | undefined): string[] {
  const now = monthOf(Date.now() / 1000);
  const first = oldest === null ? (chosen ?? now) : monthOf(oldest);
  const months: string[] = [];
  for (let month = now; month >= first && months.length < mostMonths; month = monthBefore(month)) {
    months.push(month);
  }
  return chosen === undefined || months.includes(chosen) ? months : [...months, chosen];
}

function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 2, 1)).toISOString().slice(0, 7);
}
