import type { DatasetField, DatasetFieldKind } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';
import type { RowValues } from './dataset.ts';

const pictureId = /^(?:img_|file-)[0-9a-f]{32}$/;

export type Kinds = Readonly<Record<string, DatasetFieldKind>>;

/** Fields of the dataset with those that rows bring; `kinds` says what a new one holds, else its values do. */
export function addFields(
  fields: readonly DatasetField[],
  rows: readonly RowValues[],
  kinds: Kinds,
): readonly DatasetField[] {
  const known = new Map(fields.map((field) => [field.name, field]));
  for (const values of rows) {
    for (const [name, value] of Object.entries(values)) {
      if (!known.has(name)) known.set(name, { name, kind: kinds[name] ?? guessKind(name, value) });
    }
  }
  if (known.size > maxFields) {
    throw new PictorError({
      code: 'invalid_value',
      message: `A dataset has ${maxFields} fields at most.`,
      param: 'rows',
    });
  }
  return [...known.values()];
}

const maxFields = 100;

function guessKind(name: string, value: unknown): DatasetFieldKind {
  if (/^expected/i.test(name)) return 'expected';
  const ids = Array.isArray(value) ? value : [value];
  if (ids.length === 0 || !ids.every((id) => typeof id === 'string' && pictureId.test(id))) return 'variable';
  return /mask/i.test(name) ? 'mask' : 'image';
}

/** Ids of the pictures that rows name, each once. Throws `invalid_value` for a picture field that holds anything else. */
export function listPictures(fields: readonly DatasetField[], rows: readonly RowValues[]): readonly string[] {
  const pictures = fields.filter(({ kind }) => kind === 'image' || kind === 'mask');
  const ids = rows.flatMap((values, index) =>
    pictures.flatMap(({ name }) => readPictures(values[name], `rows[${index}].values.${name}`)),
  );
  return [...new Set(ids)];
}

function readPictures(value: unknown, param: string): readonly string[] {
  if (value === undefined || value === null || value === '') return [];
  const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
  return ids.map((id) => {
    if (typeof id === 'string' && pictureId.test(id)) return id;
    throw new PictorError({
      code: 'invalid_value',
      message: `Invalid value for '${param}': a picture is named by the id of a file or an image (file-… or img_…), never by its bytes or address.`,
      param,
    });
  });
}

/** The pictures of a row by field; what is no picture is left out. */
export function picturesOf(
  fields: readonly DatasetField[],
  values: RowValues,
): Readonly<Record<string, readonly string[]>> {
  const pictures = fields.filter(({ kind }) => kind === 'image' || kind === 'mask');
  return Object.fromEntries(
    pictures.map(({ name }) => {
      const value = values[name];
      const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
      return [name, ids.filter((id): id is string => typeof id === 'string' && pictureId.test(id))];
    }),
  );
}

/** Throws `invalid_value` for two fields of one name. */
export function checkFields(fields: readonly DatasetField[]): void {
  const names = new Set<string>();
  for (const [index, { name }] of fields.entries()) {
    if (names.has(name)) {
      throw new PictorError({
        code: 'invalid_value',
        message: `There are two fields '${name}'.`,
        param: `fields[${index}].name`,
      });
    }
    names.add(name);
  }
}
