import { PictorError } from '../foundation/index.ts';

/** Deeper bodies are nothing that any parameter needs, and everything after this walks them. */
const maxDepth = 64;

/**
 * JSON bytes to a value. Throws `invalid_json` for anything else, and for nesting beyond 64 levels.
 * `__proto__` stays an ordinary own member: whoever copies members must refuse it by name.
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new PictorError({ code: 'invalid_json', message: 'The body is not valid UTF-8.', cause });
  }
  if (text.trim() === '') {
    throw new PictorError({ code: 'invalid_json', message: 'The body is empty: send a JSON object.' });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PictorError({
      code: 'invalid_json',
      message: 'The body is not valid JSON: check quotes and commas.',
      cause,
    });
  }
  if (isDeeperThan(value, maxDepth)) {
    throw new PictorError({
      code: 'invalid_json',
      message: `The body is nested more than ${maxDepth} levels deep.`,
    });
  }
  return value;
}

/** Walks with a list of its own instead of the call stack, which hostile depth would exhaust. */
function isDeeperThan(value: unknown, limit: number): boolean {
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    if (item.value === null || typeof item.value !== 'object') continue;
    if (item.depth >= limit) return true;
    for (const member of Object.values(item.value)) waiting.push({ value: member, depth: item.depth + 1 });
  }
  return false;
}
