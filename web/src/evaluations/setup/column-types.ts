import type { EvaluationColumnType } from '@pictor/sdk';

/**
 * How a setting of a column is asked for. `source`: `{name}` of a field or an earlier column, or a text with such names.
 * `lines`: one in each line. `json`: any JSON. `choice`: one of the options.
 */
export type SettingKind = 'text' | 'long' | 'source' | 'lines' | 'number' | 'switch' | 'json' | 'choice';

export type Setting = {
  readonly name: string;
  readonly label: string;
  readonly kind: SettingKind;
  readonly required?: boolean;
  readonly hint?: string;
  readonly options?: readonly string[];
};

export type ColumnKind = {
  readonly type: EvaluationColumnType;
  readonly title: string;
  readonly group: 'Make' | 'Judge' | 'Ask people' | 'Measure' | 'Compute';
  /** What it does, in a sentence. */
  readonly says: string;
  readonly settings: readonly Setting[];
};

const images: Setting = {
  name: 'images',
  label: 'Pictures',
  kind: 'lines',
  required: true,
  hint: '{column or field}, one in each line',
};
const model: Setting = {
  name: 'model',
  label: 'Vision model',
  kind: 'text',
  hint: 'Default: the project’s own',
};
const source: Setting = { name: 'source', label: 'Value', kind: 'source', required: true };
const ignoreCase: Setting = { name: 'ignore_case', label: 'Ignore capital letters', kind: 'switch' };
const negate: Setting = { name: 'negate', label: 'Passes where it is not there', kind: 'switch' };
const min: Setting = { name: 'min', label: 'At least', kind: 'number' };
const max: Setting = { name: 'max', label: 'At most', kind: 'number' };
const a: Setting = { name: 'a', label: 'First', kind: 'source', required: true };
const b: Setting = { name: 'b', label: 'Second', kind: 'source', required: true };

/** Every kind of column, as the form of a column shows it. The server's shapes decide what is right. */
export const columnKinds: readonly ColumnKind[] = [
  {
    type: 'prompt_template',
    title: 'Prompt',
    group: 'Make',
    says: 'Runs a stored prompt for every row. Several of them compare versions or models.',
    settings: [
      { name: 'prompt', label: 'Prompt', kind: 'text', required: true, hint: 'Name, number or id' },
      { name: 'version', label: 'Version', kind: 'number', hint: 'Default: the newest' },
      { name: 'label', label: 'Label', kind: 'text' },
      { name: 'model', label: 'Model', kind: 'text', hint: 'Default: that of the version' },
      { name: 'parameters', label: 'Parameters', kind: 'json', hint: '{"size": "1024x1024"}' },
      { name: 'variables', label: 'Variables', kind: 'json', hint: 'Default: fields of the same names' },
      { name: 'mask', label: 'Mask', kind: 'source' },
    ],
  },
  {
    type: 'llm_assertion',
    title: 'Statements',
    group: 'Judge',
    says: 'A vision model says of each statement whether it is true of the picture, and why.',
    settings: [
      images,
      { name: 'statements', label: 'Statements', kind: 'lines', hint: 'The fox has two ears' },
      { name: 'statements_from', label: 'Statements from', kind: 'source' },
      model,
    ],
  },
  {
    type: 'llm_score',
    title: 'Score',
    group: 'Judge',
    says: 'A vision model gives a number for a criterion.',
    settings: [
      images,
      { name: 'criterion', label: 'Criterion', kind: 'long', required: true },
      { name: 'references', label: 'Reference pictures', kind: 'lines' },
      { name: 'min', label: 'Lowest', kind: 'number', hint: '1' },
      { name: 'max', label: 'Highest', kind: 'number', hint: '10' },
      model,
    ],
  },
  {
    type: 'pairwise',
    title: 'Which is better',
    group: 'Judge',
    says: 'A vision model prefers one of two, asked in both orders; where it contradicts itself it is a tie.',
    settings: [a, b, { name: 'criterion', label: 'Criterion', kind: 'long', required: true }, model],
  },
  {
    type: 'extraction',
    title: 'Extraction',
    group: 'Judge',
    says: 'A vision model describes the picture, reads its text, or tells attributes.',
    settings: [
      images,
      { name: 'extract', label: 'What', kind: 'choice', options: ['caption', 'text', 'attributes'] },
      { name: 'attributes', label: 'Attributes', kind: 'json', hint: '{"colour": "main colour of the car"}' },
      model,
    ],
  },
  {
    type: 'human',
    title: 'People',
    group: 'Ask people',
    says: 'People rate without seeing what made the picture.',
    settings: [
      {
        name: 'rating',
        label: 'They give',
        kind: 'choice',
        options: ['thumbs', 'score', 'preference'],
        required: true,
      },
      images,
      { name: 'instructions', label: 'Instructions', kind: 'long' },
      { name: 'min', label: 'Lowest score', kind: 'number', hint: '1' },
      { name: 'max', label: 'Highest score', kind: 'number', hint: '5' },
      { name: 'raters', label: 'How many people', kind: 'number', hint: '1' },
    ],
  },
  {
    type: 'check',
    title: 'Image check',
    group: 'Measure',
    says: 'Measures the picture itself, without any model.',
    settings: [
      {
        name: 'check',
        label: 'Check',
        kind: 'text',
        required: true,
        hint: 'blank, sharpness, transparency, text …',
      },
      { name: 'image', label: 'Picture', kind: 'source', required: true },
      { name: 'reference', label: 'Reference', kind: 'source' },
      { name: 'mask', label: 'Mask', kind: 'source' },
      { name: 'others', label: 'Other pictures', kind: 'lines' },
      { name: 'expected', label: 'Expected', kind: 'source' },
      { name: 'options', label: 'Options', kind: 'json' },
    ],
  },
  {
    type: 'compare',
    title: 'Compare',
    group: 'Compute',
    says: 'Compares two values.',
    settings: [
      a,
      { name: 'operator', label: 'Is', kind: 'choice', options: ['eq', 'neq', 'gt', 'gte', 'lt', 'lte'] },
      b,
      ignoreCase,
    ],
  },
  {
    type: 'contains',
    title: 'Contains',
    group: 'Compute',
    says: 'Looks for a text in another one.',
    settings: [
      source,
      { name: 'value', label: 'Contains', kind: 'source', required: true },
      ignoreCase,
      negate,
    ],
  },
  {
    type: 'regex',
    title: 'Pattern',
    group: 'Compute',
    says: 'Tries a regular expression.',
    settings: [
      source,
      { name: 'pattern', label: 'Pattern', kind: 'text', required: true },
      { name: 'flags', label: 'Flags', kind: 'text', hint: 'i, m, s, u' },
      negate,
    ],
  },
  {
    type: 'json_path',
    title: 'Part of JSON',
    group: 'Compute',
    says: 'Takes a part of a value.',
    settings: [
      source,
      { name: 'path', label: 'Path', kind: 'text', required: true, hint: '$.items[0].name' },
    ],
  },
  {
    type: 'numeric_distance',
    title: 'Distance of numbers',
    group: 'Compute',
    says: 'How far two numbers are apart.',
    settings: [a, b, max],
  },
  {
    type: 'count',
    title: 'Count',
    group: 'Compute',
    says: 'Counts items, characters, words or occurrences.',
    settings: [
      source,
      {
        name: 'of',
        label: 'Counts',
        kind: 'choice',
        options: ['items', 'characters', 'words', 'occurrences'],
      },
      { name: 'value', label: 'Occurrences of', kind: 'source' },
      min,
      max,
    ],
  },
  {
    type: 'min_max',
    title: 'Smallest or largest',
    group: 'Compute',
    says: 'Takes the smallest or the largest of several numbers.',
    settings: [
      { name: 'sources', label: 'Values', kind: 'lines', required: true },
      { name: 'pick', label: 'Takes', kind: 'choice', options: ['min', 'max'], required: true },
      min,
      max,
    ],
  },
  {
    type: 'coalesce',
    title: 'First that is there',
    group: 'Compute',
    says: 'Takes the first value that is there.',
    settings: [{ name: 'sources', label: 'Values', kind: 'lines', required: true }],
  },
  {
    type: 'variable',
    title: 'Value',
    group: 'Compute',
    says: 'A value of its own, or one that is read from elsewhere.',
    settings: [{ name: 'value', label: 'Value', kind: 'json', required: true }],
  },
  {
    type: 'code',
    title: 'Code',
    group: 'Compute',
    says: 'JavaScript over `data`, the row’s values by name. It returns a value, or {value, passed, score}.',
    settings: [
      { name: 'code', label: 'Code', kind: 'long', required: true, hint: 'return data.width > 1000;' },
      { name: 'timeout_ms', label: 'Milliseconds at most', kind: 'number', hint: '1000' },
    ],
  },
  {
    type: 'endpoint',
    title: 'Your service',
    group: 'Compute',
    says: 'Posts the row as JSON to an address and takes the answer.',
    settings: [
      { name: 'url', label: 'Address', kind: 'text', required: true },
      { name: 'headers', label: 'Headers', kind: 'json', hint: '{"authorization": "Bearer …"}' },
      { name: 'timeout_ms', label: 'Milliseconds at most', kind: 'number', hint: '30000' },
    ],
  },
];

const prompt = columnKinds[0] as ColumnKind;

export function kindOf(type: string): ColumnKind {
  return columnKinds.find((kind) => kind.type === type) ?? prompt;
}
