import type { z } from 'zod';
import { PictorError } from '../foundation/index.ts';

/**
 * Checks the types of a body's members. Null means absent, everywhere. Unknown members are kept: whether they are
 * refused, dropped or passed through is for the model's row to say. Throws OpenAI's errors with the member's name.
 */
export function readParameters<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  if (body === undefined) {
    throw new PictorError({ code: 'invalid_json', message: 'The body is empty: send a JSON object.' });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new PictorError({ code: 'invalid_type', message: 'The body must be a JSON object.' });
  }
  if (Object.hasOwn(body, '__proto__')) {
    throw new PictorError({
      code: 'unknown_parameter',
      message: "Unknown parameter: '__proto__'.",
      param: '__proto__',
    });
  }
  const parsed = schema.safeParse(withoutNulls(body));
  if (parsed.success) return parsed.data;
  throw toParameterError(parsed.error.issues[0], '');
}

/** A copy without null members, at every depth of plain objects; lists keep their length. */
function withoutNulls(value: object): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([name, member]) => [name, cleanMember(member)]));
}

function cleanMember(member: unknown): unknown {
  if (Array.isArray(member)) return member.map(cleanMember);
  return typeof member === 'object' && member !== null ? withoutNulls(member) : member;
}

/** What is wrong with a value, as an error. `base` names the value itself: `tools[0]`; empty: the whole body. */
export function toParameterError(issue: z.core.$ZodIssue | undefined, base: string): PictorError {
  const param = issue === undefined ? undefined : pathName(issue.path, base);
  const about = param === undefined || param === '' ? {} : { param };
  if (issue?.code === 'invalid_type') {
    const wanted = kinds[issue.expected] ?? issue.expected;
    return new PictorError({
      code: 'invalid_type',
      message: `Invalid type for '${param}': expected ${wanted}.`,
      ...about,
    });
  }
  if (issue?.code === 'unrecognized_keys') {
    const name = pathName([...issue.path, issue.keys[0] ?? ''], base);
    return new PictorError({
      code: 'unknown_parameter',
      message: `Unknown parameter: '${name}'.`,
      param: name,
    });
  }
  return new PictorError({
    code: 'invalid_value',
    message: `Invalid value for '${param}': ${issue?.message ?? 'it cannot be read'}.`,
    ...about,
  });
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'an integer',
  int: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** `images[2].image_url`, as OpenAI writes it. */
function pathName(path: readonly PropertyKey[], base: string): string {
  return path.reduce<string>((name, step) => {
    if (typeof step === 'number') return `${name}[${step}]`;
    return name === '' ? String(step) : `${name}.${String(step)}`;
  }, base);
}
