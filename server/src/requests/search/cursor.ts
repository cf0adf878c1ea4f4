import { z } from 'zod';
import { PictorError } from '../../foundation/index.ts';

const placeSchema = z.strictObject({
  /** What the list was sorted by, and which way. */
  sort: z.string().max(50),
  order: z.enum(['asc', 'desc']),
  /** Of the last row of the page before, as the database writes it; null: it had no value to sort by. */
  value: z
    .string()
    .max(50)
    .regex(/^(-?\d{1,18}|\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)$/)
    .nullable(),
  id: z.string().regex(/^[a-z]{1,10}[_-][0-9A-Za-z_]{1,100}$/),
  /** When the first page was made, in ISO form. */
  until: z.iso.datetime(),
});

/** A place in a list: behind its last row that was shown. */
export type Place = z.infer<typeof placeSchema>;

export function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Throws `invalid_value` where the text is no cursor, or one of a list that was sorted otherwise. */
export function readCursor(text: string, wanted: Pick<Place, 'sort' | 'order'>): Place {
  const place = placeSchema.safeParse(parse(text));
  if (!place.success) throw broken('The cursor must be the next_cursor of the page before.');
  const { sort, order } = place.data;
  if (sort === wanted.sort && order === wanted.order) return place.data;
  throw broken(`This cursor is of a list sorted by ${sort} ${order}: sort alike, or begin without a cursor.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function broken(message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param: 'cursor' });
}
