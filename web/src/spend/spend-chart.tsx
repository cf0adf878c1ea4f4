import { type MouseEvent, useState } from 'react';
import classes from './spend-chart.module.css';
import { formatDay } from './spend-period.ts';
import type { ChartDay, Series } from './to-chart.ts';

type SpendChartProps = {
  readonly days: readonly ChartDay[];
  readonly series: readonly Series[];
  /** What a bar's height stands for, in words: `$1.20`, `3 images`. */
  readonly format: (value: number) => string;
  /** What the picture shows, for people who do not see it. */
  readonly label: string;
  readonly chosenDay: string | undefined;
  readonly onDay: (day: string) => void;
};

const barGap = 0.18;
const viewHeight = 100;
/** Height of the hatched cap that stands for costs that nobody knows. */
const capHeight = 5;

/** A bar for each day, stacked by group. The table below says the same to those who do not see it. */
export function SpendChart({ days, series, format, label, chosenDay, onDay }: SpendChartProps) {
  const [pointed, setPointed] = useState<ChartDay | null>(null);
  const highest = Math.max(...days.map(({ total }) => total), 0);
  const scale = highest === 0 ? 0 : (viewHeight - capHeight - 3) / highest;
  const dayAt = ({ clientX, currentTarget }: MouseEvent<HTMLElement>): ChartDay | null => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return days[Math.floor(((clientX - left) / width) * days.length)] ?? null;
  };
  const indexAfter = (step: number): number => {
    const at = pointed === null ? days.length : days.indexOf(pointed);
    return Math.min(Math.max(at + step, 0), days.length - 1);
  };
  const shown = pointed ?? days.find(({ day }) => day === chosenDay) ?? null;
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.readout} aria-live="polite">
        {shown === null ? (
          <span className={classes.hint}>
            Point at a day, or go with the arrow keys; press it for its entries
          </span>
        ) : (
          <Readout day={shown} series={series} format={format} />
        )}
      </figcaption>
      <div className={classes.plot}>
        <span className={classes.top}>{highest === 0 ? '' : format(highest)}</span>
        <button
          type="button"
          className={classes.press}
          aria-label={label}
          onPointerMove={(event) => setPointed(dayAt(event))}
          onPointerLeave={() => setPointed(null)}
          onKeyDown={(event) => {
            const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
            if (step !== undefined) setPointed(days[indexAfter(step)] ?? null);
          }}
          onBlur={() => setPointed(null)}
          onClick={() => {
            if (pointed !== null) onDay(pointed.day);
          }}
        >
          <svg
            className={classes.bars}
            viewBox={`0 0 ${days.length} ${viewHeight}`}
            preserveAspectRatio="none"
            aria-hidden
          >
            <defs>
              <pattern id="unknown-cost" width="0.2" height="4" patternUnits="userSpaceOnUse">
                <rect width="0.2" height="2" className={classes.unknown} />
              </pattern>
            </defs>
            {days.map((day, index) => (
              <DayBar
                key={day.day}
                day={day}
                index={index}
                scale={scale}
                isChosen={day.day === chosenDay}
                isPointed={day === pointed}
              />
            ))}
          </svg>
        </button>
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{formatDay(days[0]?.day ?? '')}</span>
        <span>{formatDay(days.at(-1)?.day ?? '')}</span>
      </div>
    </figure>
  );
}

type DayBarProps = {
  readonly day: ChartDay;
  readonly index: number;
  readonly scale: number;
  readonly isChosen: boolean;
  readonly isPointed: boolean;
};

function DayBar({ day, index, scale, isChosen, isPointed }: DayBarProps) {
  const x = index + barGap / 2;
  const width = 1 - barGap;
  let y = viewHeight;
  const parts = day.parts.flatMap(({ series, value }) => {
    const height = value * scale;
    y -= height;
    return height === 0 ? [] : [{ series, y, height }];
  });
  return (
    <g>
      <rect
        x={index}
        y={0}
        width={1}
        height={viewHeight}
        className={isChosen ? classes.chosen : isPointed ? classes.pointed : classes.ground}
      />
      {parts.map((part) => (
        <rect
          key={part.series}
          x={x}
          y={part.y}
          width={width}
          height={part.height}
          className={classes[`series${part.series}`]}
        />
      ))}
      {day.unknownCount > 0 && (
        <rect x={x} y={y - capHeight - 1} width={width} height={capHeight} fill="url(#unknown-cost)" />
      )}
    </g>
  );
}

type ReadoutProps = Pick<SpendChartProps, 'series' | 'format'> & { readonly day: ChartDay };

function Readout({ day, series, format }: ReadoutProps) {
  const parts = day.parts.filter(({ value }) => value > 0);
  return (
    <>
      <strong>{formatDay(day.day)}</strong> {format(day.total)}
      {parts.length > 1 &&
        ` = ${parts.map((part) => `${series[part.series]?.name ?? ''} ${format(part.value)}`).join(', ')}`}
      {day.unknownCount > 0 && `, and ${day.unknownCount} of unknown cost`}
    </>
  );
}

/** Which colour stands for what. */
export function ChartLegend({
  series,
  unknownCount,
}: {
  readonly series: readonly Series[];
  readonly unknownCount: number;
}) {
  return (
    <ul className={classes.legend}>
      {series.map(({ name }, index) => (
        <li key={name}>
          <svg className={classes.key} viewBox="0 0 10 10" aria-hidden>
            <rect width="10" height="10" rx="2" className={classes[`series${index}`]} />
          </svg>
          <span>{name}</span>
        </li>
      ))}
      {unknownCount > 0 && (
        <li>
          <svg className={classes.key} viewBox="0 0 10 10" aria-hidden>
            <rect width="10" height="3" className={classes.unknown} />
            <rect y="6" width="10" height="3" className={classes.unknown} />
          </svg>
          <span>unknown cost, {unknownCount} in all, as a cap of one height</span>
        </li>
      )}
    </ul>
  );
}
