/** A word of base64's letters that is longer than this is no word. */
const longestWord = 256;

/** A value without base64 and data URLs at any depth: pictures are in the store, and rows hold no bytes. */
export function withoutBytes(value: unknown): unknown {
  if (typeof value === 'string') return isBytes(value) ? `(${value.length} characters of a picture)` : value;
  if (Array.isArray(value)) return value.map(withoutBytes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutBytes(member)]));
}

function isBytes(text: string): boolean {
  if (/^data:[^,]{0,100};base64,/i.test(text)) return true;
  return text.length > longestWord && /^[A-Za-z0-9+/_=-]+$/.test(text);
}
