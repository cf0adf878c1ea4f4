/** Values as columns need them. */

const pictureId = /^(?:img_|file-)[0-9a-f]{32}$/;

/** The value as a text: that of an answer is its words. Nothing is an empty text. */
export function toText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && 'text' in value && typeof value.text === 'string') return value.text;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Null: it is no number, and no text of one. */
export function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = toText(value).trim();
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** Ids of the pictures that a value names: an id, a list of them, or an answer with pictures. Null: none of these. */
export function toPictureIds(value: unknown): readonly string[] | null {
  if (typeof value === 'string') return pictureId.test(value) ? [value] : null;
  if (Array.isArray(value)) {
    const all = value.map(toPictureIds);
    return all.every((ids) => ids !== null) ? all.flat() : null;
  }
  if (typeof value === 'object' && value !== null && 'images' in value) return toPictureIds(value.images);
  return null;
}

/** Is there nothing: null, an empty text, an empty list? */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return (typeof value === 'string' || Array.isArray(value)) && value.length === 0;
}
