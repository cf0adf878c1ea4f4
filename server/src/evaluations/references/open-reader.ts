import { CellError, MissingInput } from '../cell-error.ts';
import { readSteps } from './parse-path.ts';
import { fillText, parseReference, type Reference } from './parse-source.ts';
import { toNumber, toPictureIds, toText } from './read-values.ts';

/** What a name stands for in a row. */
export type ScopeEntry =
  | { readonly status: 'known'; readonly value: unknown }
  | { readonly status: 'waiting' | 'failed' };

export type Scope = ReadonlyMap<string, ScopeEntry>;

/** How a column reads its row. What is missing throws MissingInput; what is of the wrong kind a CellError. */
export type Reader = {
  /** The value of a reference, or the text of anything else. Nothing is null. */
  readonly value: (source: string) => unknown;
  readonly text: (source: string) => string;
  readonly number: (source: string) => number;
  /** At least one picture. */
  readonly pictures: (sources: readonly string[]) => readonly string[];
  /** Perhaps none. */
  readonly anyPictures: (sources: readonly string[]) => readonly string[];
  /** The same as `value`, and null where its column failed. */
  readonly optional: (source: string) => unknown;
  /** A tree with sources in it, such as parameters. */
  readonly tree: (value: unknown) => unknown;
  /** Everything that is known so far, by name; what failed is null. */
  readonly row: () => Readonly<Record<string, unknown>>;
};

export function openReader(scope: Scope): Reader {
  const find = ({ name, steps }: Reference): unknown => {
    const entry = scope.get(name);
    if (entry === undefined) throw new CellError('invalid_input', `There is no field or column '${name}'.`);
    if (entry.status !== 'known') throw new MissingInput(entry.status, name);
    return readSteps(entry.value, steps) ?? null;
  };
  const text = (source: string): string => {
    const reference = parseReference(source);
    if (reference !== null && scope.has(reference.name)) return toText(find(reference));
    return fillText(source, (each) => (scope.has(each.name) ? toText(find(each)) : null));
  };
  const value = (source: string): unknown => {
    const reference = parseReference(source);
    return reference === null ? text(source) : find(reference);
  };
  const anyPictures = (sources: readonly string[]): readonly string[] =>
    sources.flatMap((source) => {
      const found = value(source);
      const ids = found === null ? [] : toPictureIds(found);
      if (ids === null) throw new CellError('invalid_input', `${source.slice(0, 100)} is no picture.`);
      return ids;
    });
  const tree = (node: unknown): unknown => {
    if (typeof node === 'string') return value(node);
    if (Array.isArray(node)) return node.map(tree);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, tree(member)]));
  };
  return {
    value,
    text,
    anyPictures,
    tree,
    number: (source) => {
      const found = toNumber(value(source));
      if (found === null) throw new CellError('invalid_input', `${source.slice(0, 100)} is no number.`);
      return found;
    },
    pictures: (sources) => {
      const ids = anyPictures(sources);
      if (ids.length === 0)
        throw new CellError('invalid_input', `${sources[0]?.slice(0, 100)} has no picture.`);
      return ids;
    },
    optional: (source) => {
      try {
        return value(source);
      } catch (error) {
        if (error instanceof MissingInput && error.why === 'failed') return null;
        throw error;
      }
    },
    row: () => {
      const waits = [...scope].find(([, entry]) => entry.status === 'waiting');
      if (waits !== undefined) throw new MissingInput('waiting', waits[0]);
      const entries = [...scope].map(([name, entry]) => [
        name,
        entry.status === 'known' ? entry.value : null,
      ]);
      return Object.fromEntries(entries) as Readonly<Record<string, unknown>>;
    },
  };
}
