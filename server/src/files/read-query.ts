import { PictorError } from '../foundation/index.ts';
import type { FilesQuery } from './file-record.ts';

const defaultLimit = 10_000;
const maxLimit = 10_000;

/** Purposes that a list may be narrowed to: those of uploads, and those that OpenAI gives its own files. */
const listedPurposes: readonly string[] = [
  'assistants',
  'assistants_output',
  'batch',
  'batch_output',
  'fine-tune',
  'fine-tune-results',
  'vision',
  'user_data',
  'evals',
];

/** Reads what a list of files is asked for. Throws `invalid_value`. */
export function readQuery(query: Readonly<Record<string, unknown>>): FilesQuery {
  const after = readOptional(
    query.after,
    'after',
    isFileId,
    'the id of a file: the last_id of the page before',
  );
  const purpose = readOptional(
    query.purpose,
    'purpose',
    (text) => listedPurposes.includes(text),
    `one of ${listedPurposes.join(', ')}`,
  );
  return {
    limit: readLimit(query.limit),
    order: readOrder(query.order),
    ...(after === undefined ? {} : { after }),
    ...(purpose === undefined ? {} : { purpose }),
  };
}

/** Could this be the id of a file? Nothing else is asked of the database. */
export function isFileId(text: string): boolean {
  return /^file-[0-9a-f]{32}$/.test(text);
}

function readLimit(value: unknown): number {
  const text = readOptional(
    value,
    'limit',
    (digits) => /^\d{1,6}$/.test(digits) && Number(digits) >= 1 && Number(digits) <= maxLimit,
    `a whole number from 1 to ${maxLimit}`,
  );
  return text === undefined ? defaultLimit : Number(text);
}

function readOrder(value: unknown): 'asc' | 'desc' {
  const text = readOptional(value, 'order', (word) => word === 'asc' || word === 'desc', "'asc' or 'desc'");
  return text === 'asc' ? 'asc' : 'desc';
}

/** An empty value counts as absent. */
function readOptional(
  value: unknown,
  name: string,
  allows: (text: string) => boolean,
  allowed: string,
): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && allows(value)) return value;
  throw new PictorError({ code: 'invalid_value', message: `${name} must be ${allowed}.`, param: name });
}
