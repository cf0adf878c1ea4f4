/** A value of a row as text for a field: texts as they are, everything else as JSON. */
export function writeValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value that a text stands for: JSON where it is an object, a list, a number, true or false; else the text. */
export function readValue(text: string): unknown {
  if (!/^\s*(?:[[{]|-?\d|true\b|false\b)/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Ids of pictures, separated by commas or spaces. One of them is given by itself. */
export function readPictureIds(text: string): unknown {
  const ids = text.split(/[\s,]+/).filter((id) => id !== '');
  return ids.length === 1 ? ids[0] : ids;
}
