import type { DatasetField, EvaluationColumn, Scorecard } from '@pictor/api';
import type { Checks } from '../../checks/index.ts';
import { PictorError } from '../../foundation/index.ts';
import { runnerOf } from '../columns/list-runners.ts';
import type { Reader } from '../references/open-reader.ts';
import { parseJsonPath } from '../references/parse-path.ts';
import { listNames, parseReference } from '../references/parse-source.ts';
import type { RunColumn } from '../runs/run.ts';

/**
 * What of columns can be told wrong before anything runs. Gives them with ids. Throws `invalid_value` with the column's
 * place.
 */
export function checkColumns(
  columns: readonly EvaluationColumn[],
  fields: readonly DatasetField[],
  checks: Pick<Checks, 'find'>,
): readonly RunColumn[] {
  const known = new Set(fields.map(({ name }) => name));
  const ids = new Set(columns.flatMap(({ id }) => id ?? []));
  const own = new Set<string>();
  return columns.map((column, index) => {
    const place = `columns[${index}]`;
    if (known.has(column.name)) {
      throw invalid(`There is another field or column '${column.name}'.`, `${place}.name`);
    }
    if (column.id !== undefined && own.has(column.id)) {
      throw invalid(`Another column has the id '${column.id}'.`, `${place}.id`);
    }
    checkConfig(column, checks, `${place}.config`);
    checkSources(column, known, place);
    known.add(column.name);
    const id = column.id ?? newColumnId(ids);
    own.add(id);
    return { ...column, id };
  });
}

/** Throws `invalid_value` for a step without a column. */
export function checkScorecard(columns: readonly EvaluationColumn[], scorecard: Scorecard | null): void {
  for (const [index, step] of (scorecard?.steps ?? []).entries()) {
    if (columns.some(({ name }) => name === step.column)) continue;
    throw invalid(`There is no column '${step.column}'.`, `scorecard.steps[${index}].column`);
  }
}

/** Ids are short: they stand in every cell. */
function newColumnId(taken: Set<string>): string {
  let number = taken.size + 1;
  while (taken.has(`col_${number}`)) number += 1;
  taken.add(`col_${number}`);
  return `col_${number}`;
}

/** Reads the column with a reader that only looks at the names. */
function checkSources(column: EvaluationColumn, known: ReadonlySet<string>, place: string): void {
  const look = (source: string): void => {
    const reference = parseReference(source);
    const names = reference === null ? listNames(source).filter((name) => known.has(name)) : [reference.name];
    const unknown = names.find((name) => !known.has(name));
    if (unknown === undefined) return;
    throw invalid(
      `It reads {${unknown}}, which is neither a field of the dataset nor a column to its left.`,
      `${place}.config`,
    );
  };
  const lookAll = (sources: readonly string[]): readonly string[] => {
    for (const source of sources) look(source);
    return ['picture'];
  };
  const tree = (node: unknown): unknown => {
    if (typeof node === 'string') look(node);
    else if (typeof node === 'object' && node !== null) Object.values(node).forEach(tree);
    return {};
  };
  const reader: Reader = {
    value: (source) => lookAll([source])[0],
    text: (source) => lookAll([source])[0] ?? '',
    number: (source) => lookAll([source]).length,
    optional: (source) => lookAll([source])[0],
    pictures: lookAll,
    anyPictures: lookAll,
    tree,
    row: () => ({}),
  };
  runnerOf(column.type).prepare(column, reader);
}

function checkConfig(column: EvaluationColumn, checks: Pick<Checks, 'find'>, place: string): void {
  switch (column.type) {
    case 'regex':
      checkPattern(column.config.pattern, column.config.flags ?? '', place);
      break;
    case 'json_path':
      if (parseJsonPath(column.config.path) === null) throw invalid('This is no path.', `${place}.path`);
      break;
    case 'check':
      checkOptions(column.config, checks, place);
      break;
    case 'llm_assertion':
      if ((column.config.statements ?? []).length === 0 && column.config.statements_from === undefined) {
        throw invalid('There is no statement: name statements or statements_from.', `${place}.statements`);
      }
      break;
    case 'human':
      if (column.config.rating === 'preference' && column.config.images.length < 2) {
        throw invalid('A preference needs two sources at least.', `${place}.images`);
      }
      break;
    case 'extraction':
      if (
        column.config.extract === 'attributes' &&
        Object.keys(column.config.attributes ?? {}).length === 0
      ) {
        throw invalid('Name the attributes that are wanted.', `${place}.attributes`);
      }
      break;
    default:
  }
}

function checkPattern(pattern: string, flags: string, place: string): void {
  try {
    new RegExp(pattern, flags);
  } catch {
    throw invalid('This is no regular expression of JavaScript.', `${place}.pattern`);
  }
}

function checkOptions(
  config: Extract<EvaluationColumn, { type: 'check' }>['config'],
  checks: Pick<Checks, 'find'>,
  place: string,
): void {
  const found = checks.find(config.check);
  if (found === null)
    throw invalid(`There is no check '${config.check}'. GET /api/checks lists them.`, `${place}.check`);
  const options = found.options.safeParse(config.options ?? {});
  if (!options.success) {
    const [issue] = options.error.issues;
    throw invalid(
      issue?.message ?? 'These options cannot be read.',
      `${place}.options.${issue?.path.join('.') ?? ''}`,
    );
  }
  for (const input of found.requires) {
    if (config[input] === undefined) throw invalid(`The check needs '${input}'.`, `${place}.${input}`);
  }
}

function invalid(message: string, param: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param });
}
