import { z } from 'zod';

/** What kind of value a field has: it says which operators there are. */
export type RequestFieldKind =
  | 'string'
  | 'text'
  | 'number'
  | 'datetime'
  | 'boolean'
  | 'array'
  | 'nested'
  | 'score';

/** Every field of a request that can be asked for. Names that PromptLayer has for the same stand beside our own. */
export const requestFields = {
  id: 'string',
  /** The number of the request in its project. */
  pl_id: 'number',
  /** `generate`, `edit`, `vary`; `respond`: a response; `log`: a call that a client told of. */
  kind: 'string',
  route: 'string',
  status: 'string',
  /** As the caller named it. */
  model: 'string',
  /** As the catalogue names it. */
  model_id: 'string',
  provider: 'string',
  provider_type: 'string',
  /** What made the pictures; another than the provider where the built-in engine stood in. */
  engine: 'string',
  key: 'string',
  end_user: 'string',
  source: 'string',
  group: 'number',
  replay_of: 'string',
  /** The response that it was made for. */
  response: 'string',
  prompt: 'text',
  input_text: 'text',
  revised_prompt: 'text',
  /** Revised prompts and words of the answer. */
  output_text: 'text',
  prompt_id: 'string',
  prompt_name: 'text',
  prompt_label: 'string',
  prompt_version: 'number',
  prompt_version_number: 'number',
  input_variables: 'nested',
  input_variable_keys: 'array',
  /** Pixels, as in `1024x1024`: of the first picture, or as asked where there is none. */
  size: 'string',
  quality: 'string',
  /** `png`, `jpeg`, `webp`. */
  format: 'string',
  /** Pictures that were asked for. */
  n: 'number',
  /** Pictures that came. */
  images: 'number',
  has_mask: 'boolean',
  /** Pictures went in. */
  has_inputs: 'boolean',
  /** USD. */
  cost: 'number',
  list_cost: 'number',
  input_tokens: 'number',
  output_tokens: 'number',
  tokens: 'number',
  latency_ms: 'number',
  created_at: 'datetime',
  request_start_time: 'datetime',
  finished_at: 'datetime',
  request_end_time: 'datetime',
  error_code: 'string',
  error_type: 'string',
  error_message: 'text',
  tags: 'array',
  metadata: 'nested',
  metadata_keys: 'array',
  score: 'score',
  output: 'nested',
  output_keys: 'array',
  /** The answer is text that is JSON. */
  is_json: 'boolean',
  /** It was made for a call of the image_generation tool. */
  is_tool_call: 'boolean',
  /** The answer is words, and no picture. */
  is_plain_text: 'boolean',
  tool_names: 'array',
  /** What the caller wrote into the metadata under this name. */
  user_intent: 'text',
  agent_intent: 'text',
} as const satisfies Record<string, RequestFieldKind>;

export type RequestField = keyof typeof requestFields;

const isSet = ['is_null', 'is_not_null'] as const;
const compared = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'between'] as const;

/** The operators of each kind of field. */
export const requestOperators = {
  string: ['is', 'is_not', 'in', 'not_in', ...isSet],
  text: ['is', 'is_not', 'contains', 'not_contains', 'starts_with', 'ends_with', ...isSet],
  number: [...compared, ...isSet],
  datetime: ['is', 'before', 'after', 'between', ...isSet],
  boolean: ['is_true', 'is_false'],
  array: ['contains', 'not_contains', 'in', 'not_in', 'is_empty', 'is_not_empty'],
  nested: ['key_equals', 'key_not_equals', 'key_contains', 'key_exists'],
  score: [...compared, ...isSet],
} as const satisfies Record<RequestFieldKind, readonly string[]>;

export type RequestOperator = (typeof requestOperators)[RequestFieldKind][number];

/** One condition. Which operators and values there are depends on the field. */
export type RequestFilter = {
  readonly field: RequestField;
  readonly operator: RequestOperator;
  /** Absent for operators that compare with nothing, such as `is_null`. */
  readonly value?: string | number | readonly (string | number)[] | undefined;
  /** The key within a nested field; of a score its name, `default` where it is absent. */
  readonly nested_key?: string | undefined;
};

export type RequestFilterGroup = {
  readonly logic: 'AND' | 'OR';
  readonly filters: readonly (RequestFilter | RequestFilterGroup)[];
};

const names = Object.keys(requestFields) as [RequestField, ...RequestField[]];
const everyOperator = [...new Set(Object.values(requestOperators).flat())] as [
  RequestOperator,
  ...RequestOperator[],
];
const without: readonly string[] = [
  ...isSet,
  'is_true',
  'is_false',
  'is_empty',
  'is_not_empty',
  'key_exists',
];
const withList: readonly string[] = ['in', 'not_in'];

const text = z.string().max(10_000);
const timeWanted = 'it must be a day such as 2026-11-21, or an ISO time such as 2026-11-21T12:00:00Z';

/** A day or an ISO time, of years that databases and JavaScript write alike. */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: timeWanted })
  .refine((text) => !/^(0000|9999)/.test(text), { error: timeWanted });
/** What databases and JavaScript both count without loss. */
const number = z.number().min(-9_007_199_254_740_991).max(9_007_199_254_740_991);

function valueSchema(kind: RequestFieldKind, operator: string): z.ZodType {
  const single = kind === 'datetime' ? moment : kind === 'number' || kind === 'score' ? number : text;
  if (operator === 'between') return z.array(single).length(2, 'between needs a list of two values');
  if (withList.includes(operator)) return z.array(single).min(1).max(500);
  // Numbers and switches of metadata are texts there.
  return kind === 'nested' ? z.union([text, number.transform(String)]) : single;
}

const requestFilter = z
  .strictObject({
    field: z.enum(names, {
      error: ({ input }) => `there is no field ${shorten(input)}; fields are ${names.join(', ')}`,
    }),
    operator: z.enum(everyOperator, {
      error: ({ input }) =>
        `there is no operator ${shorten(input)}; operators are ${everyOperator.join(', ')}`,
    }),
    value: z.unknown().optional(),
    nested_key: z.string().min(1).max(1_000).optional(),
  })
  .transform((filter, context): RequestFilter => {
    const { field, operator, value, nested_key: key } = filter;
    const kind = requestFields[field];
    const complain = (path: string, message: string): never => {
      context.addIssue({ code: 'custom', path: [path], message });
      return z.NEVER;
    };
    const known: readonly string[] = requestOperators[kind];
    if (!known.includes(operator)) {
      return complain('operator', `${field} has the operators ${known.join(', ')}, not ${operator}`);
    }
    if (kind === 'nested' && key === undefined)
      return complain('nested_key', `${operator} needs the nested_key that it looks at`);
    if (kind !== 'nested' && kind !== 'score' && key !== undefined)
      return complain('nested_key', `${field} has no keys within it`);
    if (without.includes(operator)) {
      if (value !== undefined) return complain('value', `${operator} compares with no value`);
      return { field, operator, ...(key === undefined ? {} : { nested_key: key }) };
    }
    const read = valueSchema(kind, operator).safeParse(value);
    if (!read.success) {
      const wanted = withList.includes(operator) ? 'a list of values' : `a value for a ${kind} field`;
      return complain('value', `${operator} needs ${wanted}: ${read.error.issues[0]?.message ?? ''}`);
    }
    return {
      field,
      operator,
      value: read.data as RequestFilter['value'],
      ...(key === undefined ? {} : { nested_key: key }),
    };
  });

const deepest = 6;
const most = 100;

function groupAt(depth: number): z.ZodType<RequestFilterGroup> {
  const inner = depth < deepest ? groupAt(depth + 1) : null;
  const node = z.unknown().transform((value, context): RequestFilter | RequestFilterGroup => {
    const isGroup = typeof value === 'object' && value !== null && ('filters' in value || 'logic' in value);
    if (isGroup && inner === null) {
      context.addIssue({ code: 'custom', message: `groups stand in groups ${deepest} deep at most` });
      return z.NEVER;
    }
    const read = (isGroup && inner !== null ? inner : requestFilter).safeParse(value);
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues)
      context.addIssue({ code: 'custom', path: [...path], message });
    return z.NEVER;
  });
  return z.strictObject({
    logic: z.enum(['AND', 'OR'], { error: 'logic is AND or OR' }).default('AND'),
    filters: z.array(node).max(most),
  });
}

function countFilters(group: RequestFilterGroup): number {
  return group.filters.reduce((sum, each) => sum + ('filters' in each ? countFilters(each) : 1), 0);
}

function shorten(input: unknown): string {
  return typeof input === 'string'
    ? `'${input.slice(0, 50)}'`
    : String(input ?? 'that is absent').slice(0, 50);
}

/** Conditions, and groups of conditions, joined by AND or OR. An empty group holds for every request. */
export const requestFilterGroup = groupAt(1).refine((group) => countFilters(group) <= most, {
  error: `there are ${most} conditions at most`,
});
