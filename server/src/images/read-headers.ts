import { PictorError } from '../foundation/index.ts';
import type { ParameterMode } from './fit-job.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** `x-pictor-parameters: default | lenient | strict`. Undefined: the header is not there. */
export function readParameterMode(headers: Headers): ParameterMode | undefined {
  const value = headers['x-pictor-parameters'];
  if (value === undefined) return undefined;
  if (value === 'default' || value === 'lenient' || value === 'strict') return value;
  throw wrongHeader('x-pictor-parameters', 'default, lenient or strict');
}

/** `x-pictor-extensions: off` asks for OpenAI's own fields and nothing beside them. */
export function readExtensions(headers: Headers): boolean {
  const value = headers['x-pictor-extensions'];
  if (value === undefined || value === 'on') return true;
  if (value === 'off') return false;
  throw wrongHeader('x-pictor-extensions', 'on or off');
}

/** `x-pictor-twins: off`: never take up an earlier request that was left behind. */
export function readTwins(headers: Headers): boolean {
  const value = headers['x-pictor-twins'];
  if (value === undefined || value === 'on') return true;
  if (value === 'off') return false;
  throw wrongHeader('x-pictor-twins', 'on or off');
}

/** `x-pictor-keepalive: body`: white space before the JSON keeps proxies from cutting; the status is then always 200. */
export function readKeepAlive(headers: Headers): boolean {
  const value = headers['x-pictor-keepalive'];
  if (value === undefined) return false;
  if (value === 'body') return true;
  throw wrongHeader('x-pictor-keepalive', 'body');
}

/** `Idempotency-Key`, 1 to 255 characters. Null: none. */
export function readIdempotencyKey(headers: Headers): string | null {
  const value = headers['idempotency-key'];
  if (value === undefined) return null;
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 255) return value.trim();
  throw wrongHeader('idempotency-key', 'a text of 1 to 255 characters');
}

const maxTags = 20;
const maxTagLength = 60;

/** `x-pictor-tags: spring, shop`: words of the caller's own, to sort spend by. Empty: the header is not there. */
export function readTags(headers: Headers): readonly string[] {
  const value = headers['x-pictor-tags'];
  if (value === undefined) return [];
  const tags = String(value)
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  if (tags.length <= maxTags && tags.every((tag) => tag.length <= maxTagLength)) return [...new Set(tags)];
  throw wrongHeader(
    'x-pictor-tags',
    `${maxTags} words at most, with commas between, of ${maxTagLength} characters at most`,
  );
}

/** `Prefer: respond-async` and `Prefer: wait=N` (seconds, ten minutes at most). */
export function readPreference(headers: Headers): {
  readonly respondAsync: boolean;
  readonly waitMs: number;
} {
  const value = String(headers.prefer ?? '');
  const seconds = Number(/(?:^|[,;\s])wait=(\d{1,4})/i.exec(value)?.[1] ?? 0);
  return {
    respondAsync: /(?:^|[,;\s])respond-async(?:$|[,;\s])/i.test(value),
    waitMs: Math.min(seconds, 600) * 1000,
  };
}

function wrongHeader(name: string, allowed: string): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `The header ${name} must be ${allowed}.`,
    param: name,
  });
}
