import { CellError } from '../cell-error.ts';
import { parseJsonPath, readSteps } from '../references/parse-path.ts';
import { isEmpty, toPictureIds } from '../references/read-values.ts';
import type { CellResult, ColumnRunner } from './column-runner.ts';

type Read = { readonly value: unknown };

export const variable: ColumnRunner<'variable', Read> = {
  isPaid: false,
  isScore: false,
  read: (config, reader) => ({ value: reader.tree(config.value) }),
  run: async ({ value }) => withPictures(value),
};

export const coalesce: ColumnRunner<'coalesce', Read> = {
  isPaid: false,
  isScore: false,
  read: (config, reader) => {
    for (const source of config.sources) {
      const value = reader.optional(source);
      if (!isEmpty(value)) return { value };
    }
    return { value: null };
  },
  run: async ({ value }) => withPictures(value),
};

export const jsonPath: ColumnRunner<'json_path', Read> = {
  isPaid: false,
  isScore: false,
  read: (config, reader) => ({ value: reader.value(config.source) }),
  run: async ({ value }, { path }) => {
    const steps = parseJsonPath(path);
    if (steps === null) throw new CellError('invalid_input', `'${path.slice(0, 100)}' is no path.`);
    return withPictures(readSteps(typeof value === 'string' ? parse(value) : value, steps) ?? null);
  },
};

/** Answers of models are often JSON in a text, or within a fence. */
function parse(text: string): unknown {
  const fenced = /```(?:json)?\s*([\s\S]*?)```/.exec(text)?.[1];
  try {
    return JSON.parse(fenced ?? text);
  } catch {
    throw new CellError('invalid_input', 'The source is a text that is no JSON.');
  }
}

function withPictures(value: unknown): CellResult {
  return { value, images: toPictureIds(value) ?? [] };
}
