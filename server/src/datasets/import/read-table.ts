import { fieldName } from '@pictor/api';
import { parse } from 'csv-parse/sync';
import { PictorError } from '../../foundation/index.ts';
import type { RowValues } from '../dataset.ts';

/** A file with rows: CSV with names in its first line, JSON lines, or a JSON list. */
export type TableFile = { readonly name: string; readonly text: string };

export function isTable(name: string): boolean {
  return /\.(?:csv|tsv|jsonl|ndjson|json)$/i.test(name);
}

/** Throws `invalid_value` with the line at fault. */
export function readTable(file: TableFile): readonly RowValues[] {
  const rows = /\.(?:csv|tsv)$/i.test(file.name) ? readCsv(file) : readJson(file);
  for (const [index, row] of rows.entries()) {
    for (const name of Object.keys(row)) {
      if (fieldName.safeParse(name).success) continue;
      throw unreadable(
        file,
        `row ${index + 1} has a field '${name.slice(0, 80)}': a name has 1 to 64 letters, digits, _, - and spaces`,
      );
    }
  }
  return rows;
}

/** Every value is text; an empty one is none. */
function readCsv(file: TableFile): readonly RowValues[] {
  try {
    const records: Record<string, string>[] = parse(file.text, {
      columns: (names: string[]) => names.map((name) => name.trim()),
      bom: true,
      skip_empty_lines: true,
      delimiter: /\.tsv$/i.test(file.name) ? '\t' : [',', ';'],
      relax_column_count_less: true,
    });
    return records.map((record) =>
      Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== '')),
    );
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error));
  }
}

function readJson(file: TableFile): readonly RowValues[] {
  const text = file.text.replace(/^\uFEFF/, '').trim();
  if (/\.json$/i.test(file.name)) {
    const value = parseJson(file, text, 'the file');
    if (!Array.isArray(value)) throw unreadable(file, 'it is no list of objects');
    return value.map((item, index) => toRow(file, item, `item ${index + 1}`));
  }
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), where: `line ${index + 1}` }))
    .filter(({ line }) => line !== '')
    .map(({ line, where }) => toRow(file, parseJson(file, line, where), where));
}

/** A row's values, by themselves or as `values`, the way rows are given out. */
function toRow(file: TableFile, value: unknown, where: string): RowValues {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unreadable(file, `${where} is no object`);
  }
  const values = 'values' in value ? value.values : value;
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw unreadable(file, `${where} has values that are no object`);
  }
  return Object.fromEntries(Object.entries(values).filter(([, member]) => member !== null));
}

function parseJson(file: TableFile, text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(file, `${where} is no JSON`);
  }
}

function unreadable(file: TableFile, why: string): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `'${file.name.slice(0, 100)}' cannot be read: ${why}.`,
    param: 'file',
  });
}
