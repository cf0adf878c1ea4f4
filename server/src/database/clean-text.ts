/**
 * Text that PostgreSQL can hold: NUL and lone surrogates, which it refuses, become U+FFFD. Everything that a caller
 * wrote goes through here before it is written to a row.
 */
export function cleanText(value: string): string {
  return value.replaceAll('\u0000', '\uFFFD').toWellFormed();
}

/** The same for every string and member name in a JSON value. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [cleanText(name), cleanJson(member)]),
  );
}
