import { z } from 'zod';
import { fieldName } from './datasets.ts';

/**
 * What a column reads: `{name}` is the value of a field or of an earlier column as it is, `{name.path[0]}` a part of it.
 * Anything else is a text, in which such names are filled in.
 */
const source = z.string().min(1).max(20_000);
const sources = z.array(source).min(1).max(20);

/** Names a model that sees pictures. Absent: the project's own choice of one. */
const judgeModel = { model: z.string().min(1).max(200).optional() };

const head = {
  /** Stays when the column is changed or renamed. Absent: a new one is made. */
  id: z.string().min(1).max(64).optional(),
  name: fieldName,
};

const column = <Type extends string, Config extends z.ZodRawShape>(type: Type, config: Config) =>
  z.strictObject({ ...head, type: z.literal(type), config: z.strictObject(config) });

/** Runs a saved prompt. Several of them are a comparison of prompts or models. */
const promptTemplateColumn = column('prompt_template', {
  /** Id, number or name. */
  prompt: z.string().min(1),
  version: z.int().min(1).optional(),
  /** Default: the newest version. A run keeps the version that it began with. */
  label: z.string().min(1).optional(),
  /** Instead of the version's own. */
  model: z.string().min(1).optional(),
  /** Instead of those of the version that have the same names. */
  parameters: z.record(z.string(), z.unknown()).optional(),
  /** What the prompt's variables hold. Default: fields and columns of the same names. */
  variables: z.record(z.string(), z.unknown()).optional(),
  /** The picture that says what an edit may change. */
  mask: source.optional(),
});

/** Yes or no, with a reason, for every statement about the pictures. It passes when all are true. */
const llmAssertionColumn = column('llm_assertion', {
  images: sources,
  statements: z.array(source).max(20).optional(),
  /** Instead: a value with a list of statements, or one. */
  statements_from: source.optional(),
  ...judgeModel,
});

const llmScoreColumn = column('llm_score', {
  images: sources,
  criterion: source,
  /** Pictures that it is to be judged by. */
  references: z.array(source).max(5).optional(),
  /** Default: 1. */
  min: z.number().optional(),
  /** Default: 10. */
  max: z.number().optional(),
  ...judgeModel,
});

/** Which of two is better. It is asked twice, in both orders; where the answers differ it is a tie. */
const pairwiseColumn = column('pairwise', {
  a: source,
  b: source,
  criterion: source,
  ...judgeModel,
});

const extractionColumn = column('extraction', {
  images: sources,
  /** What is wanted: a caption, the text in the picture, or values by name. Default: caption. */
  extract: z.enum(['caption', 'text', 'attributes']).optional(),
  /** Name → what it means; for `attributes`. */
  attributes: z.record(z.string(), z.string().max(1_000)).optional(),
  ...judgeModel,
});

/** Answered by people, who do not see what made the pictures. */
const humanColumn = column('human', {
  rating: z.enum(['thumbs', 'score', 'preference']),
  /** One source, or for a preference at least two. */
  images: sources,
  instructions: z.string().max(2_000).optional(),
  /** Of a score. Default: 1. */
  min: z.number().optional(),
  /** Of a score. Default: 5. */
  max: z.number().optional(),
  /** How many people are asked. Default: 1. */
  raters: z.int().min(1).max(20).optional(),
});

/**
 * JavaScript, the body of a function of `data`: the row's values by name. It returns the value, or an object with
 * `value`, `passed`, `score`. It reaches no network, no files, and no clock but its own.
 */
const codeColumn = column('code', {
  code: z.string().min(1).max(50_000),
  /** Default: 1000. */
  timeout_ms: z.int().min(10).max(10_000).optional(),
});

/** Posts the row as JSON and takes the answer's JSON as the value. Public hosts, and those that the operator allows. */
const endpointColumn = column('endpoint', {
  url: z.url().max(2_000),
  /** Their values are never shown again; sent back as they are shown, they stay. */
  headers: z.record(z.string(), z.string().max(4_000)).optional(),
  /** Default: 30000. */
  timeout_ms: z.int().min(100).max(120_000).optional(),
});

const compareColumn = column('compare', {
  a: source,
  b: source,
  /** Default: eq. */
  operator: z.enum(['eq', 'neq', 'gt', 'gte', 'lt', 'lte']).optional(),
  /** Default: false. */
  ignore_case: z.boolean().optional(),
});

const containsColumn = column('contains', {
  source,
  value: source,
  ignore_case: z.boolean().optional(),
  /** True: it passes where the value is not there. */
  negate: z.boolean().optional(),
});

const regexColumn = column('regex', {
  source,
  pattern: z.string().min(1).max(2_000),
  /** Of JavaScript. Default: none. */
  flags: z
    .string()
    .regex(/^[imsu]*$/)
    .optional(),
  negate: z.boolean().optional(),
});

const jsonPathColumn = column('json_path', {
  source,
  /** `$.items[0].name`, `items[*].name`. */
  path: z.string().min(1).max(500),
});

const numericDistanceColumn = column('numeric_distance', {
  a: source,
  b: source,
  /** It passes up to this distance. Absent: it is only measured. */
  max: z.number().min(0).optional(),
});

const bounds = { min: z.number().optional(), max: z.number().optional() };

const countColumn = column('count', {
  source,
  /** Default: items. */
  of: z.enum(['items', 'characters', 'words', 'occurrences']).optional(),
  /** What is counted as an occurrence. */
  value: source.optional(),
  ...bounds,
});

const minMaxColumn = column('min_max', { sources, pick: z.enum(['min', 'max']), ...bounds });

/** The first source that has a value. */
const coalesceColumn = column('coalesce', { sources });

/** A value of its own, or one that is read from elsewhere. */
const variableColumn = column('variable', { value: z.unknown() });

/** A check of the picture without any model; GET /api/checks lists them. */
const checkColumn = column('check', {
  check: z.string().min(1).max(100),
  image: source,
  reference: source.optional(),
  mask: source.optional(),
  others: z.array(source).max(20).optional(),
  expected: source.optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});

/** One column: a step that is done for every row. Columns run from left to right. */
export const evaluationColumn = z.discriminatedUnion('type', [
  promptTemplateColumn,
  llmAssertionColumn,
  llmScoreColumn,
  pairwiseColumn,
  extractionColumn,
  humanColumn,
  codeColumn,
  endpointColumn,
  compareColumn,
  containsColumn,
  regexColumn,
  jsonPathColumn,
  numericDistanceColumn,
  countColumn,
  minMaxColumn,
  coalesceColumn,
  variableColumn,
  checkColumn,
]);
export type EvaluationColumn = z.infer<typeof evaluationColumn>;
export type EvaluationColumnType = EvaluationColumn['type'];

const threshold = z.number().min(0).max(1);

/** From this score on it passes, and from that on it passes with a warning. Defaults: 0.8 and 0.6. */
const thresholds = z.strictObject({ pass: threshold.optional(), warn: threshold.optional() });

/** One thing that counts. */
export const scorecardStep = z.strictObject({
  title: z.string().min(1).max(200).optional(),
  /** Name of the column. */
  column: fieldName,
  /** Default: 1. */
  weight: z.number().min(0).max(1_000).optional(),
  /** True: a row that fails here fails. Default: false. */
  required: z.boolean().optional(),
  thresholds: thresholds.optional(),
  /** Which values of a number are 0 and 1. Default: the column's own range, else 0 and 1. */
  range: z.strictObject({ worst: z.number(), best: z.number() }).optional(),
});

export const scorecard = z.strictObject({
  /** Default: the last column that gives a yes, a no or a number. */
  steps: z.array(scorecardStep).max(50),
  thresholds: thresholds.optional(),
});
export type Scorecard = z.infer<typeof scorecard>;
export type ScorecardStep = z.infer<typeof scorecardStep>;
