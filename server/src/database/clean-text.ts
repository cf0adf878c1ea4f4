/**
 * The text with U+FFFD in place of what PostgreSQL refuses: NUL characters and lone surrogates.
 * Parameters of every statement pass through here on their way to the engine; a caller needs it only where
 * it must know beforehand what will be stored.
 */
export function cleanText(value: string): string {
  return value.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** The same for every text and every key within a JSON value. Gives a copy; anything not JSON stays as it is. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [cleanText(key), cleanJson(member)]),
  );
}
