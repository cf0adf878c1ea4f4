import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { SettingsError } from '../foundation/index.ts';
import type { PriceRow, Provider } from '../models/index.ts';
import { type ConfigProblem, refuse } from './config-problem.ts';
import { configSchema, type OwnRoute, type RoutingSettings } from './config-schema.ts';
import { fillReferences } from './fill-references.ts';
import { configJsonSchema } from './json-schema.ts';
import type { OwnModel } from './model-schema.ts';
import { toPriceRow } from './price-schema.ts';

/** What pictor.yaml says, checked and with its references filled in. */
export type Config = {
  /** By provider id; each as that provider's own schema gives it. */
  readonly providers: Readonly<Record<string, unknown>>;
  readonly models: readonly OwnModel[];
  readonly prices: readonly PriceRow[];
  /** Name → name of a model, with or without a provider in front. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly routes: Readonly<Record<string, OwnRoute>>;
  readonly routing: RoutingSettings;
  /** The error for problems that only show when models and upstreams are known. Names file, line and key. */
  readonly refuse: (problems: readonly ConfigProblem[]) => SettingsError;
};

export type ConfigReader = {
  readonly providers: readonly Provider[];
  readonly variable: (name: string) => string | undefined;
};

/**
 * Reads the text of pictor.yaml; an empty text is an empty configuration. Throws a SettingsError with every problem that
 * was found, each with file, line and key; none shows the value of a variable.
 */
export function readConfig(file: string, text: string, reader: ConfigReader): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const source = { file, document, lines };
  if (document.errors.length > 0) {
    const broken = document.errors.map(
      ({ pos, message }) => `${file}:${lines.linePos(pos[0]).line}: ${message}`,
    );
    throw new SettingsError(broken.join('\n'));
  }
  const filled = fillReferences(
    toValue(document, source),
    configJsonSchema(reader.providers),
    reader.variable,
  );
  const parsed = configSchema(reader.providers).safeParse(filled.value);
  const problems = [...filled.problems, ...(parsed.error?.issues.flatMap(toProblems) ?? [])];
  if (!parsed.success || problems.length > 0) throw refuse(source, problems);
  const { data } = parsed;
  return {
    ...data,
    prices: data.prices.map(toPriceRow),
    refuse: (found) => refuse(source, found),
  };
}

/** Anchors are resolved here; one that multiplies itself is refused by the library, one that holds itself is not. */
function toValue(document: ReturnType<typeof parseDocument>, source: Parameters<typeof refuse>[0]): unknown {
  try {
    const value: unknown = document.toJS() ?? {};
    const ring = findRing(value, []);
    if (ring !== null) throw new RangeError(`${ring.join('.')}: an anchor stands inside itself`);
    return value;
  } catch (error) {
    throw refuse(source, [{ path: [], message: error instanceof Error ? error.message : 'cannot be read' }]);
  }
}

/** The path at which a value holds one that it is in. Null: nowhere, so that it can be walked. */
function findRing(
  value: unknown,
  path: readonly string[],
  above: readonly unknown[] = [],
): readonly string[] | null {
  if (typeof value !== 'object' || value === null) return null;
  if (above.includes(value)) return path;
  for (const [key, member] of Object.entries(value)) {
    const ring = findRing(member, [...path, key], [...above, value]);
    if (ring !== null) return ring;
  }
  return null;
}

/** Of alternatives the one counts that came furthest. */
function toProblems(issue: z.core.$ZodIssue): ConfigProblem[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'there is no such key here' }));
    case 'invalid_union': {
      const deepest = issue.errors
        .toSorted((a, b) => deepestPath(b) - deepestPath(a))
        .find((alternative) => deepestPath(alternative) > 0);
      if (deepest === undefined) return [{ path: issue.path, message: issue.message }];
      return deepest
        .flatMap(toProblems)
        .map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
    }
    default:
      return [{ path: issue.path, message: toSentence(issue.message) }];
  }
}

function deepestPath(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function toSentence(message: string): string {
  if (message.endsWith('received undefined')) return 'is missing';
  return message.charAt(0).toLowerCase() + message.slice(1);
}
