import { type EvaluationColumn, evaluationColumn } from '@pictor/api';
import { PictorError } from '../../foundation/index.ts';
import { toParameterError } from '../../http/index.ts';
import { isWire, readInteger, readText, readTexts, type Wire } from '../wire.ts';

/** A column as this wire describes it: `source` is the name of another one. */
export type ReportColumn = { readonly type: string; readonly name: string; readonly configuration: Wire };

/** As one of ours. `pictures` is the column that made pictures last. Throws `invalid_value`. */
export function toColumn(column: ReportColumn, pictures: string | null): EvaluationColumn {
  const { configuration: from } = column;
  const read = readers[column.type.toUpperCase()];
  if (read === undefined)
    throw invalid(`Columns of the type ${column.type.slice(0, 60)} are not known here.`);
  const { config, type } = read(from, pictures);
  const parsed = evaluationColumn.safeParse({ name: column.name, type, config });
  if (parsed.success) return parsed.data;
  throw toParameterError(parsed.error.issues[0], 'configuration');
}

type Read = (from: Wire, pictures: string | null) => { readonly type: string; readonly config: Wire };

const readers: Readonly<Record<string, Read>> = {
  PROMPT_TEMPLATE: (from) => {
    const template = isWire(from.template) ? from.template : {};
    const engine = isWire(from.engine) ? from.engine : {};
    const mappings = isWire(from.prompt_template_variable_mappings)
      ? from.prompt_template_variable_mappings
      : null;
    return {
      type: 'prompt_template',
      config: defined({
        prompt: readText(template.name) ?? '',
        version: readInteger(template.version_number),
        label: readText(template.label),
        model: readText(engine.model),
        parameters: isWire(engine.parameters) ? engine.parameters : undefined,
        variables:
          mappings === null
            ? undefined
            : Object.fromEntries(Object.entries(mappings).map(([name, source]) => [name, reference(source)])),
      }),
    };
  },
  LLM_ASSERTION: (from) => ({
    type: 'llm_assertion',
    config: defined({
      images: [reference(from.source)],
      statements: readStatements(from.prompt),
      statements_from: readText(from.prompt_source) === undefined ? undefined : reference(from.prompt_source),
    }),
  }),
  AI_DATA_EXTRACTION: (from) => ({
    type: 'extraction',
    config: {
      images: [reference(from.source)],
      extract: 'attributes',
      attributes: { answer: readText(from.query) ?? '' },
    },
  }),
  HUMAN: (from, pictures) => {
    const element = isWire(from.ui_element) ? from.ui_element : {};
    if (pictures === null) throw invalid('There is no column to its left that makes pictures.');
    return {
      type: 'human',
      config: defined({
        rating: 'score',
        images: [reference(from.source ?? pictures)],
        min: typeof element.min === 'number' ? element.min : undefined,
        max: typeof element.max === 'number' ? element.max : undefined,
      }),
    };
  },
  CODE_EXECUTION: (from) => {
    if (readText(from.language)?.toUpperCase() !== 'JAVASCRIPT') throw invalid('Only JAVASCRIPT runs here.');
    return { type: 'code', config: { code: readText(from.code) ?? '' } };
  },
  ENDPOINT: (from) => ({
    type: 'endpoint',
    config: defined({ url: from.url, headers: isWire(from.headers) ? from.headers : undefined }),
  }),
  COMPARE: (from) => ({ type: 'compare', config: pairOf(from) }),
  ABSOLUTE_NUMERIC_DISTANCE: (from) => ({ type: 'numeric_distance', config: pairOf(from) }),
  CONTAINS: (from) => ({
    type: 'contains',
    config: {
      source: reference(from.source),
      value: readText(from.value_source) === undefined ? from.value : reference(from.value_source),
    },
  }),
  REGEX: (from) => ({
    type: 'regex',
    config: { source: reference(from.source), pattern: from.regex_pattern ?? from.pattern },
  }),
  JSON_PATH: (from) => ({
    type: 'json_path',
    config: { source: reference(from.source), path: from.json_path ?? from.path },
  }),
  COALESCE: (from) => ({
    type: 'coalesce',
    config: { sources: (readTexts(from.sources) ?? []).map(reference) },
  }),
  VARIABLE: (from) => ({
    type: 'variable',
    config: { value: isWire(from.value) ? from.value.value : from.value },
  }),
};

function reference(source: unknown): string {
  return `{${readText(source) ?? ''}}`;
}

function pairOf(from: Wire): Wire {
  const [a, b] = readTexts(from.sources) ?? [];
  return { a: reference(a), b: reference(b) };
}

/** One sentence, or a JSON list of them. */
function readStatements(prompt: unknown): readonly string[] | undefined {
  const text = readText(prompt);
  if (text === undefined) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return readTexts(list) ?? [text];
  } catch {
    return [text];
  }
}

function defined(config: Wire): Wire {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}

function invalid(message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param: 'configuration' });
}
