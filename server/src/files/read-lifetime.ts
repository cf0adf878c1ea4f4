import { PictorError } from '../foundation/index.ts';
import type { Purpose } from './file-record.ts';

const minSeconds = 3600;
const maxSeconds = 2_592_000;

/**
 * Seconds that an upload lives, from `expires_after` as a JSON text, or from `expires_after[anchor]` and
 * `expires_after[seconds]`. Null: for ever, which is the default of everything but batches; they live for 30 days.
 * Throws the caller's errors.
 */
export function readLifetime(values: ReadonlyMap<string, string>, purpose: Purpose): number | null {
  const { anchor, seconds } = readParts(values);
  if (anchor === undefined && seconds === undefined) return purpose === 'batch' ? maxSeconds : null;
  if (anchor === undefined) throw missing('anchor', "The only anchor is 'created_at'.");
  if (seconds === undefined) throw missing('seconds', `Send ${minSeconds} to ${maxSeconds}.`);
  if (anchor !== 'created_at') throw invalid('anchor', "expires_after[anchor] must be 'created_at'.");
  if (
    typeof seconds !== 'number' ||
    !Number.isInteger(seconds) ||
    seconds < minSeconds ||
    seconds > maxSeconds
  ) {
    throw invalid(
      'seconds',
      `expires_after[seconds] must be a whole number from ${minSeconds} to ${maxSeconds}.`,
    );
  }
  return seconds;
}

function readParts(values: ReadonlyMap<string, string>): { anchor?: unknown; seconds?: unknown } {
  const text = values.get('expires_after');
  const anchor = values.get('expires_after[anchor]');
  const seconds = values.get('expires_after[seconds]');
  if (text === undefined) {
    return {
      anchor,
      seconds: seconds !== undefined && /^\d{1,15}$/.test(seconds) ? Number(seconds) : seconds,
    };
  }
  if (anchor !== undefined || seconds !== undefined) {
    throw new PictorError({
      code: 'duplicate_parameter',
      message: 'The form has expires_after both as JSON and by its members.',
      param: 'expires_after',
    });
  }
  return readJson(text);
}

function readJson(text: string): { anchor?: unknown; seconds?: unknown } {
  const wrong = new PictorError({
    code: 'invalid_type',
    message: 'expires_after must be an object such as {"anchor":"created_at","seconds":3600}.',
    param: 'expires_after',
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong;
  }
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value) || Object.keys(value).length === 0) throw wrong;
  const stranger = Object.keys(value).find((name) => name !== 'anchor' && name !== 'seconds');
  if (stranger === undefined) return value;
  throw new PictorError({
    code: 'unknown_parameter',
    message: 'expires_after has anchor and seconds, and nothing else.',
    param: `expires_after[${stranger.slice(0, 50)}]`,
  });
}

function missing(member: string, hint: string): PictorError {
  return new PictorError({
    code: 'missing_required_parameter',
    message: `expires_after has no ${member}. ${hint}`,
    param: `expires_after[${member}]`,
  });
}

function invalid(member: string, message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param: `expires_after[${member}]` });
}
