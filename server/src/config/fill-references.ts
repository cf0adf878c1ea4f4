import type { ConfigProblem } from './config-problem.ts';
import { isSecretAt, type JsonSchema, reference } from './json-schema.ts';

const example = '$' + '{OPENAI_EU_KEY}';

const literalSecret = `a secret may not stand in this file. Put it into an environment variable, and write that one's name: ${example}`;

const references = /\$\{([^}]*)\}/g;

/**
 * Puts the values of environment variables in place of `${NAME}`, in every text. A secret that stands there itself is a
 * problem: files are copied, shown and committed. No problem ever shows a value.
 */
export function fillReferences(
  value: unknown,
  schema: JsonSchema,
  variable: (name: string) => string | undefined,
): { readonly value: unknown; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];

  function fill(part: unknown, path: readonly PropertyKey[]): unknown {
    if (typeof part === 'string' || typeof part === 'number') return fillText(part, path);
    if (Array.isArray(part)) return part.map((item, index) => fill(item, [...path, index]));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, item]) => [name, fill(item, [...path, name])]),
    );
  }

  function fillText(part: string | number, path: readonly PropertyKey[]): unknown {
    if (isSecretAt(schema, path) && !reference.test(String(part))) {
      problems.push({ path, message: literalSecret });
      return part;
    }
    if (typeof part === 'number') return part;
    return part.replaceAll(references, (whole, name: string) => {
      const found = reference.test(whole) ? variable(name) : undefined;
      if (found !== undefined) return found;
      problems.push({
        path,
        message: reference.test(whole)
          ? `the environment variable ${name} is not set`
          : `${whole} names no environment variable`,
      });
      return whole;
    });
  }

  return { value: fill(value, []), problems };
}
