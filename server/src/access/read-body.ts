import { type ErrorCode, PictorError } from '../foundation/index.ts';

export type Members = Readonly<Record<string, unknown>>;

/** A JSON object with members of a list only; no body at all counts as an empty one. Throws the caller's errors. */
export function readMembers(body: unknown, noun: string, names: readonly string[]): Members {
  const members = body ?? {};
  if (typeof members !== 'object' || Array.isArray(members)) {
    throw refuse('invalid_type', `The body must be a JSON object with ${names.join(', ')}.`, null);
  }
  const unknown = Object.keys(members).find((name) => !names.includes(name));
  if (unknown === undefined) return { ...members };
  const shown = unknown.slice(0, 50);
  throw refuse('unknown_parameter', `${noun} has ${names.join(', ')}, not '${shown}'.`, shown);
}

const maxNameLength = 100;

/** Undefined: there is none. */
export function readName(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw refuse('invalid_type', 'The name must be a text.', 'name');
  const name = value.trim();
  if (name !== '' && name.length <= maxNameLength) return name;
  throw refuse('invalid_value', `The name must have 1 to ${maxNameLength} characters.`, 'name');
}

export function requireName(value: unknown, noun: string): string {
  const name = readName(value);
  if (name !== undefined) return name;
  throw refuse('missing_required_parameter', `Give ${noun} a name: {"name": "…"}.`, 'name');
}

export function refuse(code: ErrorCode, message: string, param: string | null): PictorError {
  return new PictorError({ code, message, ...(param === null ? {} : { param }) });
}
