/**
 * How long a service asks to wait, in milliseconds: `retry-after-ms`, else `retry-after` in seconds or as a date.
 * Undefined: it does not say.
 */
export function readRetryAfter(
  headers: Readonly<Record<string, string>>,
  nowMs: number = Date.now(),
): number | undefined {
  const milliseconds = readNumber(headers['retry-after-ms']);
  if (milliseconds !== undefined) return Math.round(milliseconds);
  const text = headers['retry-after'];
  const seconds = readNumber(text);
  if (seconds !== undefined) return Math.round(seconds * 1000);
  const dateMs = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

const hint = /\b(?:try again|retry)(?: in| after)? ((?:\d+(?:\.\d+)?\s*[a-z]+\s*)+)/i;
const spans = /(\d+(?:\.\d+)?)\s*(ms|milliseconds?|h|hours?|m|min|minutes?|s|sec|seconds?)\b/gi;

/** The same where only the words of an error say it: `try again in 6m0s`, `retry after 26 seconds`. */
export function readRetryHint(message: string): number | undefined {
  const told = hint.exec(message)?.[1];
  // `6m0s` has no border between its parts.
  const found = [...(told?.replace(/([a-z])(?=\d)/gi, '$1 ') ?? '').matchAll(spans)];
  if (found.length === 0) return undefined;
  const milliseconds = found.map(
    ([, count, unit = '']) => Number(count) * millisecondsOf(unit.toLowerCase()),
  );
  return Math.round(milliseconds.reduce((sum, each) => sum + each, 0));
}

function millisecondsOf(unit: string): number {
  if (unit.startsWith('ms') || unit.startsWith('milli')) return 1;
  if (unit.startsWith('h')) return 3_600_000;
  return unit.startsWith('m') ? 60_000 : 1000;
}

function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
