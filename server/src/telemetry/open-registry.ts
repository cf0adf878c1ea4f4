import { type Attributes, type Instrument, type InstrumentName, instruments } from './instruments.ts';

/** All measurements of this process since its start. */
export type Registry = {
  readonly measure: (name: InstrumentName, value: number, attributes: Attributes) => void;
  /** Everything in the text format of Prometheus. */
  readonly write: () => string;
};

type Series = {
  readonly attributes: Attributes;
  /** Of a counter and a gauge the value, of a histogram the sum of all values. */
  sum: number;
  count: number;
  /** How many values were at most as large as each bound. */
  readonly buckets: number[];
};

/** Series beyond this number are not opened, so that no caller can fill the memory with new models or routes. */
const maxSeriesPerInstrument = 2000;

/** Counts by itself: a library for it would cost every start more than it saves here. */
export function openRegistry(): Registry {
  const families = new Map<InstrumentName, Map<string, Series>>();
  return {
    measure: (name, value, attributes) => {
      const family = families.get(name) ?? new Map<string, Series>();
      families.set(name, family);
      const key = keyOf(attributes);
      const known = family.get(key);
      if (known === undefined && family.size >= maxSeriesPerInstrument) return;
      const bounds = boundsOf(name);
      const series = known ?? { attributes, sum: 0, count: 0, buckets: bounds.map(() => 0) };
      family.set(key, series);
      series.sum += value;
      series.count += 1;
      for (const [index, bound] of bounds.entries()) {
        if (value <= bound) series.buckets[index] = (series.buckets[index] ?? 0) + 1;
      }
    },
    write: () => [...families].map(([name, family]) => writeFamily(name, [...family.values()])).join(''),
  };
}

/** Equal for equal attributes, whatever their order. */
function keyOf(attributes: Attributes): string {
  let key = '';
  for (const name of Object.keys(attributes).sort()) key += `${name}\0${attributes[name]}\0`;
  return key;
}

function boundsOf(name: InstrumentName): readonly number[] {
  const instrument: Instrument = instruments[name];
  return instrument.bounds ?? [];
}

function writeFamily(name: InstrumentName, family: readonly Series[]): string {
  const { kind, description }: Instrument = instruments[name];
  const metric = metricName(name);
  const lines = [`# HELP ${metric} ${description}`, `# TYPE ${metric} ${kind}`];
  for (const series of family) {
    if (kind !== 'histogram') {
      lines.push(`${metric}${labels(series.attributes)} ${series.sum}`);
      continue;
    }
    for (const [index, bound] of boundsOf(name).entries()) {
      lines.push(`${metric}_bucket${labels(series.attributes, bound)} ${series.buckets[index] ?? 0}`);
    }
    lines.push(
      `${metric}_bucket${labels(series.attributes, '+Inf')} ${series.count}`,
      `${metric}_sum${labels(series.attributes)} ${series.sum}`,
      `${metric}_count${labels(series.attributes)} ${series.count}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const unitNames: Readonly<Record<string, string>> = { s: '_seconds', USD: '_usd' };

/** Names as OpenTelemetry's own rules for Prometheus make them: with the unit, and `_total` behind counters. */
function metricName(name: InstrumentName): string {
  const { kind, unit }: Instrument = instruments[name];
  return `${plain(name)}${unitNames[unit] ?? ''}${kind === 'counter' ? '_total' : ''}`;
}

function labels(attributes: Attributes, le?: number | '+Inf'): string {
  const pairs = Object.entries(attributes).map(([name, value]) => `${plain(name)}="${escapeLabel(value)}"`);
  if (le !== undefined) pairs.push(`le="${le}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function plain(name: string): string {
  return name.replaceAll('.', '_');
}

function escapeLabel(value: string | number | boolean): string {
  return String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
