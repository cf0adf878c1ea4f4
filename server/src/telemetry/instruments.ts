/** Facts of a measurement or a span by name. Bounded in number for measurements: no ids, no texts of callers. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export type Instrument = {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** In UCUM, as OpenTelemetry writes units: `s`, `{token}`. */
  readonly unit: string;
  readonly description: string;
  /** Upper bounds of a histogram's buckets, rising. */
  readonly bounds?: readonly number[];
};

/** From a tenth of a second to ten minutes: pictures take that long. */
const secondBounds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640];

/** As the GenAI conventions advise. */
const tokenBounds = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];

/** Everything that is measured. The names are OpenTelemetry's where it has one. */
export const instruments = {
  'http.server.request.duration': {
    kind: 'histogram',
    unit: 's',
    description: 'Time from a request to the end of its answer.',
    bounds: secondBounds,
  },
  'http.server.active_requests': {
    kind: 'gauge',
    unit: '{request}',
    description: 'Requests that are being answered.',
  },
  'gen_ai.client.operation.duration': {
    kind: 'histogram',
    unit: 's',
    description: 'Time of one call of an engine, failed ones too.',
    bounds: secondBounds,
  },
  'gen_ai.client.token.usage': {
    kind: 'histogram',
    unit: '{token}',
    description: 'Tokens of one call of an engine, where it tells them.',
    bounds: tokenBounds,
  },
  'pictor.jobs.active': { kind: 'gauge', unit: '{job}', description: 'Jobs that run.' },
  'pictor.images': { kind: 'counter', unit: '{image}', description: 'Images that engines made.' },
  'pictor.cost': {
    kind: 'counter',
    unit: 'USD',
    description: 'What calls of engines cost, as far as it is known.',
  },
} as const satisfies Record<string, Instrument>;

export type InstrumentName = keyof typeof instruments;

/** Adds to a counter or a gauge, or notes one value of a histogram. */
export type Measure = (name: InstrumentName, value: number, attributes: Attributes) => void;
