import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import type { Spend } from '@pictor/sdk';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatUsd } from '../common/format-values.ts';
import { Loaded } from '../common/loaded.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { saveStream } from '../common/save-stream.ts';
import { BudgetList } from './budget-list.tsx';
import { EntryList } from './entry-list.tsx';
import { ChartLegend, SpendChart } from './spend-chart.tsx';
import classes from './spend-page.module.css';
import { daysOf, formatDay, toDayPeriod } from './spend-period.ts';
import { groupings, groupingWords, type Measure, periodNames, type SpendSearch } from './spend-search.ts';
import { SpendTable } from './spend-table.tsx';
import { toChart } from './to-chart.ts';
import { useGroupNames } from './use-group-names.ts';
import { useSpend } from './use-spend.ts';

/** What was spent, on what, and how far the budgets reach. */
export function SpendPage() {
  const search = useSearch({ from: '/spend' });
  const navigate = useNavigate({ from: '/spend' });
  const pictor = usePictor();
  const [now] = useState(() => new Date());
  const { by = 'model', show = 'cost' } = search;
  const period = toDayPeriod(search, now);
  const spend = useSpend(by, period);
  const nameOf = useGroupNames(by);
  const change = (changed: Partial<SpendSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  const save = useMutation({
    mutationFn: async () =>
      await saveStream(
        await pictor.spend.export({ groupBy: by, ...period }),
        `spend-by-${by}.csv`,
        () => undefined,
      ),
  });
  return (
    <div className={classes.page}>
      <PageHeader
        title="Spend"
        description={`${formatDay(period.from)} to ${formatDay(period.to)}, days in UTC`}
        actions={
          <Button size="xs" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
            Sums as CSV
          </Button>
        }
      />
      <div className={classes.content}>
        <Controls search={search} onChange={change} />
        {save.error !== null && <ErrorNotice title="The sums could not be saved" error={save.error} />}
        <Loaded query={spend} what="The sums" height={420}>
          {(data) =>
            data.total.entries === 0 ? (
              <EmptyState title="Nothing was called in this period">
                Every call of an engine is an entry here, with its tokens and what it cost. Choose another
                period, or make an image.
              </EmptyState>
            ) : (
              <>
                <Totals spend={data} show={show} onShow={(measure) => change({ show: measure })} />
                <Chart spend={data} show={show} search={search} nameOf={nameOf} onChange={change} />
                <SpendTable spend={data} period={period} nameOf={nameOf} />
              </>
            )
          }
        </Loaded>
        <BudgetList />
        <EntryList by={by} period={period} nameOf={nameOf} />
      </div>
    </div>
  );
}

const periodLabels: Readonly<Record<(typeof periodNames)[number], string>> = {
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  month: 'This month',
  'last-month': 'Last month',
  custom: 'From … to …',
};

type ControlsProps = {
  readonly search: SpendSearch;
  readonly onChange: (changed: Partial<SpendSearch>) => void;
};

function Controls({ search, onChange }: ControlsProps) {
  const { by = 'model', period = '30d', show = 'cost', from, to } = search;
  return (
    <div className={classes.controls}>
      <Select
        label="Period"
        allowDeselect={false}
        data={periodNames.map((value) => ({ value, label: periodLabels[value] }))}
        value={period}
        onChange={(value) => onChange({ period: periodNames.find((each) => each === value), day: undefined })}
      />
      {period === 'custom' && (
        <>
          <TextInput
            type="date"
            label="From"
            value={from ?? ''}
            onChange={(event) => onChange({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="To"
            value={to ?? ''}
            onChange={(event) => onChange({ to: event.currentTarget.value })}
          />
        </>
      )}
      <Select
        label="By"
        allowDeselect={false}
        data={groupings.map((value) => ({ value, label: groupingWords[value] }))}
        value={by}
        onChange={(value) =>
          onChange({ by: groupings.find((each) => each === value), group: undefined, day: undefined })
        }
      />
      <SegmentedControl
        aria-label="What the bars show"
        data={[
          { value: 'cost', label: 'Cost' },
          { value: 'list', label: 'List price' },
          { value: 'images', label: 'Images' },
        ]}
        value={show}
        onChange={(value) => onChange({ show: value === 'list' || value === 'images' ? value : 'cost' })}
      />
    </div>
  );
}

type TotalsProps = {
  readonly spend: Spend;
  readonly show: Measure;
  readonly onShow: (measure: Measure) => void;
};

function Totals({ spend, show, onShow }: TotalsProps) {
  const { cost, unknown_count: unknown, list_cost: list, images, entries } = spend.total;
  return (
    <div>
      <dl className={classes.totals}>
        <div>
          <dt>Spent</dt>
          <dd>{cost === null ? 'unknown' : formatUsd(cost)}</dd>
        </div>
        <div className={unknown > 0 ? classes.unknown : undefined}>
          <dt>Of unknown cost</dt>
          <dd>{unknown === 0 ? 'none' : `${unknown} of ${entries}`}</dd>
        </div>
        <div>
          <dt>Images</dt>
          <dd>{images.toLocaleString('en')}</dd>
        </div>
        <div>
          <dt>List price</dt>
          <dd>{formatUsd(list)}</dd>
        </div>
      </dl>
      {unknown > 0 && (
        <p className={classes.note}>
          Entries of unknown cost are in no sum, and they are not free: the provider told no usage, or no
          price is known. Budgets count what was held for them.
        </p>
      )}
      {list > 0 && cost === 0 && show === 'cost' && (
        <p className={classes.note}>
          Nothing was paid: the built-in sketch engine drew. The models themselves would have cost{' '}
          {formatUsd(list)}.{' '}
          <button type="button" className={classes.inline} onClick={() => onShow('list')}>
            Show that
          </button>
        </p>
      )}
    </div>
  );
}

type ChartProps = {
  readonly spend: Spend;
  readonly show: Measure;
  readonly search: SpendSearch;
  readonly nameOf: (group: string | null) => string;
  readonly onChange: (changed: Partial<SpendSearch>) => void;
};

const measureWords: Readonly<Record<Measure, string>> = {
  cost: 'Cost',
  list: 'List price',
  images: 'Images',
};

function Chart({ spend, show, search, nameOf, onChange }: ChartProps) {
  // The days of what is drawn: while another period loads, the one before stays.
  const period = {
    from: spend.from.slice(0, 10),
    to: new Date(Date.parse(spend.to) - 1).toISOString().slice(0, 10),
  };
  const { series, days } = toChart(spend, show, daysOf(period), nameOf);
  const unknownCount = days.reduce((sum, day) => sum + day.unknownCount, 0);
  const format = (value: number): string =>
    show === 'images' ? `${value.toLocaleString('en')} images` : formatUsd(value);
  return (
    <div className={classes.chart}>
      <SpendChart
        days={days}
        series={series}
        format={format}
        label={`${measureWords[show]} for each day, by ${spend.group_by}; the table below has the numbers`}
        chosenDay={search.day}
        onDay={(day) => onChange({ day: day === search.day ? undefined : day })}
      />
      <ChartLegend series={series} unknownCount={unknownCount} />
    </div>
  );
}
